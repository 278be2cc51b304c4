// The start as a handle on the map: the whole picture answers while it is dragged, or moved by the arrow keys.

import { element } from "./element.js"
import { toPixel, valueAt } from "./track.js"

const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] }
const STRIDE = 1 / 100 // of what the map shows; ten times that with shift
const REST = 400 // ms without a key after which the start stays where it is

export class StartHandle {
  // onMove is told every place on the way, onDrop the last one.
  constructor(onMove, onDrop) {
    this.onMove = onMove
    this.onDrop = onDrop
    this.handle = element("button", { type: "button", className: "sigmascope-start" })
    this.handle.addEventListener("pointerdown", (event) => this.#grab(event))
    this.handle.addEventListener("pointermove", (event) => this.held && this.#carry(event))
    this.handle.addEventListener("pointerup", () => this.held && this.#drop())
    this.handle.addEventListener("pointercancel", () => this.held && this.#drop())
    this.handle.addEventListener("keydown", (event) => this.#press(event))
  }

  // Puts the handle where a picture has the start, unless a person is moving it.
  set(point, labels) {
    this.labels = labels
    this.moveTo(this.held || this.resting ? this.point : point)
  }

  moveTo(point) {
    this.point = point
    this.#name()
    this.place()
  }

  // Without a map there is no handle.
  attach(plot) {
    this.plot = plot
    if (plot) plot.parentElement.append(this.handle)
    else this.handle.remove()
  }

  // Follows the map's axes.
  place() {
    const layout = this.plot?._fullLayout
    if (!layout?.xaxis || !this.point) return
    const { xaxis, yaxis } = layout
    const [x, y] = [toPixel(this.point.x, xaxis), toPixel(this.point.y, yaxis)]
    this.#shift(`translate(${x.toFixed(2)}px, ${y.toFixed(2)}px)`)
    this.handle.hidden = !isWithin(x, xaxis) || !isWithin(y, yaxis)
  }

  // While it is held, as an animation: another style would have the browser build the page's layers anew.
  #shift(transform) {
    const { handle, held } = this
    if (!held && handle.style.transform !== transform) handle.style.transform = transform
    this.carried?.cancel()
    this.carried = held && handle.animate({ transform: [transform, transform] }, { duration: 1, fill: "forwards" })
  }

  #name() {
    const place = `${this.labels.start} (${[this.point.x, this.point.y].map(digits).join(", ")})`
    this.handle.ariaLabel = `${place}. ${this.labels.start_help}`
    this.handle.title = place
  }

  #grab(event) {
    if (!event.isPrimary || event.button !== 0) return
    this.handle.setPointerCapture(event.pointerId)
    this.held = { x: event.clientX, y: event.clientY, from: this.point }
  }

  #carry({ clientX, clientY }) {
    const { xaxis, yaxis } = this.plot._fullLayout
    const [right, down] = [clientX - this.held.x, clientY - this.held.y]
    if (!this.held.moved && Math.hypot(right, down) < 3) return
    this.held.moved = true
    const { x, y } = this.held.from
    this.#go({ x: valueAt(xaxis.d2p(x) + right, xaxis), y: valueAt(yaxis.d2p(y) + down, yaxis) })
  }

  #drop() {
    const { moved } = this.held
    this.held = null
    this.place()
    if (moved) this.onDrop(this.point)
  }

  #press(event) {
    const direction = DIRECTIONS[event.key]
    if (!direction || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const { xaxis, yaxis } = this.plot._fullLayout
    const stride = STRIDE * (event.shiftKey ? 10 : 1)
    this.#go({
      x: valueAt(xaxis.d2p(this.point.x) + direction[0] * stride * xaxis._length, xaxis),
      y: valueAt(yaxis.d2p(this.point.y) - direction[1] * stride * yaxis._length, yaxis),
    })
    clearTimeout(this.resting)
    this.resting = setTimeout(() => {
      this.resting = null
      this.onDrop(this.point)
    }, REST)
  }

  #go(point) {
    this.moveTo(point)
    this.onMove(point)
  }
}

function digits(value) {
  return String(Number(value.toPrecision(4)))
}

function isWithin(pixel, axis) {
  return pixel >= axis._offset - 1 && pixel <= axis._offset + axis._length + 1
}
