// The scrub and its readout: a native range and an output, which people and assistive technology hold, and their look,
// painted above them. To move a native thumb or to write a text lays out the document; to paint them does not.

import { makeCanvas, resize } from "./canvas.js"
import { element } from "./element.js"

// In px, as in the style sheet.
const HEIGHT = 40
const THUMB = 20
const TRACK = 6
const RIM = 3

export class Scrub {
  // read: the words for an update.
  constructor(clock, read) {
    this.clock = clock
    this.read = read
    this.range = element("input", { type: "range", min: 0, step: 1, className: "sigmascope-scrub" })
    this.range.addEventListener("input", () => clock.seek(Number(this.range.value)))
    this.range.addEventListener("keydown", () => (this.range.value = Math.floor(clock.time)))
    this.text = element("span")
    this.output = element("output", { className: "sigmascope-readout", ariaLive: "off" }, [this.text])
    this.context = makeCanvas()
    this.host = element("div", { className: "sigmascope-track" }, [this.range, this.output, this.context.canvas])
    this.onFit = () => {}
    const sizes = new ResizeObserver(() => this.#fit())
    for (const part of [this.host, this.range]) sizes.observe(part)
    document.fonts.ready.then(() => this.#fit())
  }

  setLabel(label) {
    this.range.ariaLabel = label
  }

  // Brings range and output to the clock.
  tell() {
    const { clock, output, range, read } = this
    const update = Math.floor(clock.time)
    const words = read(update)
    const widest = read(clock.updates)
    if (output.dataset.widest !== widest) {
      output.dataset.widest = widest
      range.max = clock.updates
    }
    if (range.ariaValueText === words) return
    range.value = update
    range.ariaValueText = this.text.textContent = words
  }

  paint(colours = this.colours) {
    this.colours = colours
    const { clock, context, width } = this
    if (!width || !colours) return
    const at = THUMB / 2 + (this.length - THUMB) * (clock.updates ? clock.time / clock.updates : 0)
    context.clearRect(0, 0, width, HEIGHT)
    this.#bar(this.length, colours.border)
    this.#bar(at, colours.primary)
    this.#disc(at, THUMB / 2, colours.primary)
    this.#disc(at, THUMB / 2 - 1, colours.background)
    this.#disc(at, THUMB / 2 - RIM, colours.primary)
    if (this.margin > this.length) this.#write(this.read(Math.floor(clock.time)), colours.text)
  }

  #fit() {
    const { context, host, output, range } = this
    this.width = host.clientWidth
    this.length = range.offsetWidth
    this.margin = output.offsetLeft
    resize(context, this.width, HEIGHT, host.currentCSSZoom)
    const { fontFamily, fontSize } = getComputedStyle(output)
    context.font = `${fontSize} ${fontFamily}`
    context.textBaseline = "middle"
    this.onFit(this.range.offsetLeft + THUMB / 2, this.length - THUMB)
    this.digit = Math.max(...[..."0123456789"].map((digit) => context.measureText(digit).width))
    this.paint()
  }

  #bar(to, colour) {
    const { context } = this
    context.fillStyle = colour
    context.beginPath()
    context.roundRect(0, (HEIGHT - TRACK) / 2, to, TRACK, TRACK / 2)
    context.fill()
  }

  #disc(x, radius, colour) {
    const { context } = this
    context.fillStyle = colour
    context.beginPath()
    context.arc(x, HEIGHT / 2, radius, 0, 2 * Math.PI)
    context.fill()
  }

  // Every digit as wide as the widest, so that nothing trembles while they change.
  #write(text, colour) {
    const { context, digit } = this
    context.fillStyle = colour
    let x = this.margin
    for (const part of text.split(/(\d)/)) {
      const { width } = context.measureText(part)
      const room = /^\d$/.test(part) ? digit : width
      context.fillText(part, x + (room - width) / 2, HEIGHT / 2)
      x += room
    }
  }
}
