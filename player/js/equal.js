// Whether axes are equal: whether a unit is as long across as up on the map: as the page asks, else as the map has it, until a person chooses.

import { isEqual } from "./figure.js"

export class AxisScale {
  #told = ""
  #shown = false

  constructor(state) {
    this.state = state
  }

  // What the axes are to be where the page asks for "equal", "fill" or nothing; undefined if that was told before, so
  // that what a person has chosen since holds.
  wanted(asked) {
    const { figures, surface } = this.state.picture
    const own = Object.values(figures).map(isEqual).find((value) => value !== undefined)
    const now = JSON.stringify([asked, own, surface])
    if (own === undefined || now === this.#told) return undefined
    this.#told = now
    return asked ? asked === "equal" : own
  }

  // Draws the map anew if its axes are to be others.
  look(stage) {
    const { equal } = this.state.switches
    const panel = stage.withStart
    if (!panel || equal === this.#shown) return
    this.#shown = equal
    stage.forgetTrails()
    stage.render([panel])
  }
}
