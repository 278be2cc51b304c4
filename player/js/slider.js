// A slider for one number of a scene, beside the player: the picture answers while it is held, the page when it is let
// go of.
//
// mount(parent, data, tell) puts it into an element, or brings it up to date; data: { name, label, value, low, high,
// scale, step }. scale: one of SCALES. step: of what it can be, 0 where three digits are. tell(value): what it was let
// go of at.

import { element } from "./element.js"
import { hold } from "./held.js"
import { written } from "./numbers.js"

const STOPS = 300

// Where a value lies on a slider, what lies there, and how it is rounded, by how a slider moves.
const SCALES = {
  linear: { place: (value) => value, at: (place) => place, round: (value) => round(value, 3) },
  log: { place: Math.log, at: Math.exp, round: (value) => round(value, 3) },
  memory: {
    place: (value) => -Math.log(1 - value),
    at: (place) => 1 - Math.exp(-place),
    round: (value) => round(1 - round(1 - value, 2), 12),
  },
}

const sliders = new WeakMap()

export function mount(parent, data, tell) {
  const slider = sliders.get(parent) ?? new Slider(parent.querySelector(".sigmascope-slider"))
  sliders.set(parent, slider)
  slider.tell = tell
  slider.update(data)
}

class Slider {
  constructor(host) {
    this.range = element("input", { type: "range", min: 0, max: STOPS, step: 1, className: "sigmascope-rate" })
    this.output = element("output", { hidden: true })
    host.replaceChildren(this.range, this.output)
    this.range.addEventListener("input", () => this.#hold())
    this.range.addEventListener("change", () => this.#drop())
    this.range.addEventListener("keydown", (event) => event.key === "Escape" && this.#giveBack())
    this.range.addEventListener("blur", () => this.#giveBack())
  }

  // The ends stay where they are as long as the value lies between them, so that nothing jumps when it is let go.
  update(data) {
    const { high, label, low, name, value } = data
    const isKept = this.data?.name === name && value >= this.low && value <= this.high
    if (!isKept) Object.assign(this, { low, high })
    this.data = data
    this.range.ariaLabel = label
    if (!this.held) this.#place(value)
  }

  get value() {
    const { data: { step }, range, scale } = this
    const [low, high] = this.#ends
    const value = scale.at(low + (high - low) * (range.value / STOPS))
    return step ? Number((Math.round(value / step) * step).toPrecision(12)) : scale.round(value)
  }

  get scale() {
    return SCALES[this.data.scale]
  }

  get #ends() {
    return [this.low, this.high].map(this.scale.place)
  }

  #place(value) {
    const [low, high] = this.#ends
    const share = (this.scale.place(value) - low) / (high - low)
    this.range.value = STOPS * Math.min(Math.max(Number.isNaN(share) ? 0 : share, 0), 1)
    this.range.ariaValueText = this.#write(value)
  }

  // A memory in as many digits as tell it from 1.
  #write(value) {
    return this.data.scale === "memory" ? String(value) : written(value, 3)
  }

  #hold() {
    this.held = true
    const { value } = this
    this.output.hidden = false
    this.output.textContent = this.range.ariaValueText = this.#write(value)
    hold({ [this.data.name]: value })
  }

  #drop() {
    if (!this.held) return
    this.held = false
    this.output.hidden = true
    this.tell(this.value)
  }

  #giveBack() {
    if (!this.held) return
    this.held = false
    this.output.hidden = true
    this.#place(this.data.value)
    hold({ [this.data.name]: this.data.value })
  }
}

function round(value, digits) {
  return Number(value.toPrecision(digits))
}
