// The key of the reach, below the map: what each line is, and by how much all of them are magnified.

import { ARROWS } from "./arrow.js"
import { element } from "./element.js"
import { writeFactor } from "./one_update.js"

export class Key {
  constructor() {
    this.box = element("div", { className: "sigmascope-key", hidden: true })
  }

  show(shown, xAxis, { labels, equal }) {
    const { box } = this
    if (box.hidden === shown) box.hidden = !shown
    if (!shown) return
    if (this.labels !== labels) this.#fill(labels)
    if (this.skewed.hidden !== equal) this.skewed.hidden = equal
    const [left, maxWidth] = [xAxis.offset, xAxis.length].map((length) => `${length}px`)
    const place = [left, maxWidth].join()
    if (place !== this.place) Object.assign(box.style, { left, maxWidth })
    this.place = place
  }

  write(factor) {
    const text = writeFactor(factor)
    if (this.factor.textContent !== text) this.factor.textContent = text
  }

  #fill(labels) {
    this.labels = labels
    this.factor = element("strong")
    this.skewed = element("span", { className: "sigmascope-skewed", textContent: labels.skewed })
    const entry = (sample, ...words) => element("span", { innerHTML: sample }, words)
    const word = (text) => element("span", { className: "sigmascope-word", textContent: `${text} ` })
    this.box.replaceChildren(
      entry(ellipse(), labels.reach_ellipse),
      entry(arrow(ARROWS.step), labels.reach_step),
      entry(arrow(ARROWS.m), word(labels.reach_direction), "m"),
      entry(arrow(ARROWS.g), word(labels.reach_gradient), "g"),
      this.factor,
      this.skewed,
    )
  }
}

const sample = (shapes) => `<svg width="30" height="12" viewBox="0 0 30 12" aria-hidden="true">${shapes}</svg>`

function ellipse() {
  return sample('<ellipse cx="15" cy="6" rx="13" ry="5" stroke-width="1.25"/>')
}

function arrow({ width, dash, head }) {
  const neck = head === "open" ? 28 : 20
  const tip = head === "open" ? "M20 2L28 6L20 10" : "M20 2L28 6L20 10z"
  return sample(
    `<path d="M1 6H${neck}" stroke-width="${width}" stroke-dasharray="${dash.join(" ")}"/>`
      + `<path d="${tip}" stroke-width="1.5" class="${head}"/>`,
  )
}
