// The live formula of one run: its symbols, and below them the numbers of this very update. A symbol that is pointed to
// lights what draws it; what is pointed to lights its symbol.

import { element } from "./element.js"
import { written } from "./numbers.js"
import { numbersAt } from "./one_update.js"

const RHYTHM = 120 // ms between two writings while it plays

export class Formula {
  constructor(state, intents) {
    this.state = state
    this.intents = intents
    this.host = element("div", { className: "sigmascope-formula", role: "group" })
    this.numbers = []
    this.writtenAt = 0
  }

  show(track) {
    const { clock, lead, run, story } = this.state
    if (!story || !track) return
    const key = JSON.stringify([story.formulas[run], story.axes[lead]])
    if (key !== this.key) this.#fill(key, story.formulas[run], story.axes[lead])
    this.#light()
    if (clock.playing && performance.now() - this.writtenAt < RHYTHM) return
    this.writtenAt = performance.now()
    const values = numbersAt(track, clock.time, lead)
    this.numbers.forEach(({ place, value }) => {
      const text = values ? written(typeof value === "number" ? value : values[value]) : "–"
      if (place.textContent !== text) place.textContent = text
    })
  }

  #fill(key, symbols, axis) {
    this.key = key
    this.numbers = []
    this.host.ariaLabel = this.state.labels.formula
    this.host.replaceChildren(...symbols.map((symbol) => this.#piece(symbol, symbol.text.replace("{axis}", axis))))
  }

  #piece({ panel, value, word }, text) {
    if (value === null) return element("span", { className: "sigmascope-sign" }, [
      element("span", { textContent: text }), element("span", { textContent: text, ariaHidden: "true" }),
    ])
    const place = element("span", { className: "sigmascope-number" })
    this.numbers.push({ place, value })
    const name = element("span", { className: "sigmascope-symbol", textContent: text })
    const made = element("button", { type: "button", className: "sigmascope-term", title: word }, [name, place])
    made.dataset.panel = panel
    made.dataset.word = word
    for (const event of ["pointerenter", "focus"]) made.addEventListener(event, () => this.intents.pointTo(panel))
    for (const event of ["pointerleave", "blur"]) made.addEventListener(event, () => this.intents.pointTo(null))
    return made
  }

  #light() {
    const lit = this.state.lit ?? this.state.hovered
    if (lit === this.litBefore) return
    this.litBefore = lit
    for (const term of this.host.querySelectorAll("button")) term.dataset.lit = String(term.dataset.panel === lit)
  }
}
