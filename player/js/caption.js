// What is said at this moment: one caption at a time, with a line that says why.

import { element } from "./element.js"
import { swipes } from "./swipe.js"

export class Caption {
  constructor(state, intents) {
    this.state = state
    this.text = element("p", { className: "sigmascope-said" })
    this.detail = element("p", { className: "sigmascope-why" })
    this.host = element("div", { className: "sigmascope-caption", role: "status" }, [this.text, this.detail])
    swipes(this.host, (direction) => intents.leap(direction))
  }

  // Writes only what is new, since that lays out the page.
  show() {
    const { caption } = this.state
    if (caption === this.shown) return
    this.shown = caption
    this.text.textContent = caption?.text ?? ""
    this.detail.textContent = caption?.detail ?? ""
  }
}

// The question of a scene and what to do, above the picture; once it has been played to its end, the answer.
export class Question {
  constructor(state) {
    this.state = state
    this.text = element("h2", { className: "sigmascope-question" })
    this.task = element("p", { className: "sigmascope-task" })
    this.host = element("div", { className: "sigmascope-asked" }, [this.text, this.task])
  }

  show() {
    const { clock, story } = this.state
    if (!story) return
    if (story.question !== this.shown) this.isAnswered = false
    this.isAnswered ||= clock.time >= clock.updates
    const line = this.isAnswered ? story.answer : story.task
    if (story.question === this.shown && line === this.line) return
    Object.assign(this, { shown: story.question, line })
    this.text.textContent = story.question
    this.task.textContent = line
    this.host.hidden = !story.question
  }
}
