// What is said at this moment: one caption at a time, with a line that says why. There is room for the longest one of a
// story, so that nothing around it moves while it plays.

import { element } from "./element.js"
import { later } from "./later.js"
import { swipes } from "./swipe.js"

export class Caption {
  constructor(state, intents) {
    this.state = state
    this.words = words()
    this.room = element("div", { className: "sigmascope-room", ariaHidden: "true" })
    const told = element("div", { className: "sigmascope-told", role: "status" }, this.words)
    this.host = element("div", { className: "sigmascope-caption" }, [told, this.room])
    this.makeRoomLater = later(() => this.#makeRoom())
    swipes(this.host, (direction) => intents.leap(direction))
  }

  // Writes only what is new, since that lays out the page.
  show() {
    const { caption, picture, story, veiled } = this.state
    const isWanted = story !== this.story && !veiled && !picture.preview
    if (isWanted && this.story) this.makeRoomLater()
    else if (isWanted) this.#makeRoom()
    if (caption === this.shown) return
    this.shown = caption
    write(this.words, caption, this.state.labels.open)
  }

  #makeRoom() {
    this.story = this.state.story
    this.room.replaceChildren(...this.story.captions.map((caption) => {
      const copy = words()
      write(copy, caption, this.state.labels.open)
      return element("div", {}, copy)
    }))
  }
}

function words() {
  const said = ["said", "why"].map((name) => element("p", { className: `sigmascope-${name}` }))
  return [...said, element("a", { className: "sigmascope-open", hidden: true })]
}

function write([said, why, way], caption, label) {
  said.textContent = caption?.text ?? ""
  why.textContent = caption?.detail ?? ""
  way.hidden = !caption?.link
  if (caption?.link) Object.assign(way, { href: caption.link, textContent: label })
}

// The question of a scene and what to do, above the picture; once it has been played to its end, the answer.
export class Question {
  constructor(state) {
    this.state = state
    this.text = element("h2", { className: "sigmascope-question" })
    this.task = element("p", { className: "sigmascope-task" })
    this.answer = element("p", { className: "sigmascope-answer" })
    this.host = element("div", { className: "sigmascope-asked" }, [this.text, this.task, this.answer])
  }

  show() {
    const { clock, story } = this.state
    if (!story) return
    if (story.question !== this.shown) this.isAnswered = false
    this.isAnswered ||= clock.time >= clock.updates && story.answer !== ""
    const line = this.isAnswered ? story.answer : story.task
    if (story.question === this.shown && line === this.line) return
    Object.assign(this, { shown: story.question, line })
    this.text.textContent = story.question
    this.task.textContent = story.task
    this.answer.textContent = this.isAnswered ? story.answer : ""
    this.host.hidden = !story.question
  }
}
