// The runs, one of which is in hand, and its learning rate: the whole picture answers while it is held.

import { element } from "./element.js"
import { written } from "./numbers.js"

const STOPS = 300 // of the slider, equal factors apart

export class Rates {
  constructor(state, intents) {
    this.state = state
    this.intents = intents
    this.runs = element("div", { className: "sigmascope-runs", role: "group" })
    this.range = element("input", { type: "range", min: 0, max: STOPS, step: 1, className: "sigmascope-rate" })
    this.name = element("span")
    this.output = element("output", { className: "sigmascope-value" })
    this.ends = {}
    this.range.addEventListener("input", () => this.#hold())
    this.range.addEventListener("change", () => this.#drop())
    this.host = element("div", { className: "sigmascope-rates" }, [
      this.runs,
      element("label", { className: "sigmascope-held" }, [
        element("span", {}, [this.name, this.output]),
        this.range,
      ]),
    ])
  }

  show() {
    const { labels, picture, run, story } = this.state
    if (!story || (story === this.shown && run === this.shownRun)) return
    Object.assign(this, { shown: story, shownRun: run })
    this.#fillRuns(story, run, labels)
    const rate = story.rates[run]
    this.name.textContent = labels.rate_of.replace("{run}", rate.label)
    if (!this.held) this.#place(rate, picture.surface)
    this.#write(rate.value)
  }

  // The ends stay where they are as long as the value lies between them, so that nothing jumps when it is let go.
  #place({ name, value, low, high }, surface) {
    const key = `${surface} ${name}`
    const kept = this.ends[key]
    this.ends[key] = kept && value >= kept.low && value <= kept.high ? kept : { low, high }
    this.at = this.ends[key]
    this.range.value = STOPS * (Math.log(value / this.at.low) / Math.log(this.at.high / this.at.low))
  }

  #fillRuns({ names, rates }, run, labels) {
    this.runs.ariaLabel = labels.runs
    this.runs.hidden = names.length < 2
    this.runs.replaceChildren(...names.map((name, index) => {
      const made = element("button", { type: "button", className: "sigmascope-run", ariaPressed: String(index === run) })
      const sample = element("i")
      sample.style.setProperty("--sigmascope-run", this.state.colourOf(index))
      made.append(sample, name, element("span", { textContent: written(rates[index].value, 3) }))
      made.addEventListener("click", () => this.intents.choose(index))
      return made
    }))
  }

  get value() {
    const { low, high } = this.at
    return Number((low * (high / low) ** (this.range.value / STOPS)).toPrecision(3))
  }

  #change() {
    return { [this.state.story.rates[this.state.run].name]: this.value }
  }

  #hold() {
    this.held = true
    this.#write(this.value)
    this.intents.askFor(this.#change())
  }

  #drop() {
    this.held = false
    this.intents.settle(this.#change())
  }

  #write(value) {
    this.output.textContent = written(value, 3)
    this.range.ariaValueText = written(value, 3)
  }
}
