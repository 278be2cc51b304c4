// The switch between the views of a scene. The server draws what is chosen, so the choice is told to it.

import { element } from "./element.js"

export class Views {
  constructor(onChoose) {
    this.onChoose = onChoose
    this.bar = element("div", { className: "sigmascope-views", role: "group" })
  }

  // The bar of the switch, unless there is nothing to choose.
  get bars() {
    return this.offered ? [this.bar] : []
  }

  // views: what each is called, by name; without any there is no switch.
  set(views, chosen, label) {
    this.bar.ariaLabel = label
    this.offered = views.length > 0
    if (JSON.stringify(views) !== this.shown) {
      this.shown = JSON.stringify(views)
      this.buttons = new Map(views.map(([name, title]) => [name, this.#button(name, title)]))
      this.bar.replaceChildren(...this.buttons.values())
    }
    this.#mark(chosen)
  }

  #button(name, title) {
    const made = element("button", { type: "button", className: "sigmascope-view", textContent: title })
    made.addEventListener("click", () => {
      if (name === this.chosen) return
      this.#mark(name)
      this.onChoose(name)
    })
    return made
  }

  #mark(chosen) {
    this.chosen = chosen
    this.buttons.forEach((button, name) => (button.ariaPressed = String(name === chosen)))
  }
}
