// The way from the few panels to all of them, and back.

import { element } from "./element.js"

export class More {
  constructor(state, intents) {
    this.host = element("div", { className: "sigmascope-more" })
    this.make = () => {
      const { labels } = state
      const made = element("button", { type: "button", className: "sigmascope-all", textContent: labels.more })
      made.addEventListener("click", () => intents.lay("full"))
      this.host.replaceChildren(made)
    }
  }
}
