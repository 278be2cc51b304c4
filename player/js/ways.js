// The ways on from a scene: what to try next, with the reason for the one that is pointed to, or else for the first.

import { element } from "./element.js"

export class Ways {
  constructor(intents) {
    this.intents = intents
    this.buttons = element("div", { className: "sigmascope-ways", role: "group" })
    this.reason = element("p", { className: "sigmascope-reason" })
    this.host = element("div", {}, [this.buttons, this.reason])
  }

  name(label) {
    this.buttons.ariaLabel = label
  }

  // Those that are there belong to another picture; the ones of this are to come.
  wait() {
    for (const button of this.buttons.children) button.disabled = true
  }

  // ways: of each its name, what it is called and its reason.
  set(ways) {
    for (const button of this.buttons.children) button.disabled = false
    if (JSON.stringify(ways) === this.shown) return
    this.shown = JSON.stringify(ways)
    this.buttons.replaceChildren(...ways.map((way) => this.#button(way)))
    this.reason.textContent = ways[0]?.[2] ?? ""
  }

  #button([name, title, reason]) {
    const made = element("button", { type: "button", className: "sigmascope-way", textContent: title })
    made.ariaDescription = reason
    for (const event of ["pointerenter", "focus"]) {
      made.addEventListener(event, () => (this.reason.textContent = reason))
    }
    made.addEventListener("click", () => this.intents.goOn(name))
    return made
  }
}
