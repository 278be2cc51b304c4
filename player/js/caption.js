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

// The question of a scene and what to do, above the picture.
export class Question {
  constructor(state) {
    this.state = state
    this.text = element("h2", { className: "sigmascope-question" })
    this.task = element("p", { className: "sigmascope-task" })
    this.host = element("div", { className: "sigmascope-asked" }, [this.text, this.task])
  }

  show() {
    const { story } = this.state
    if (!story || story.question === this.shown) return
    this.shown = story.question
    this.text.textContent = story.question
    this.task.textContent = story.task
    this.host.hidden = !story.question
  }
}
