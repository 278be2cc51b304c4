// The start as a handle on its figure: the whole picture answers while it is dragged, or moved by the arrow keys.

import { isInside, toPixel, valueAt } from "./axis.js"
import { DOUBLE_CLICK } from "./clicks.js"
import { element } from "./element.js"
import { DIRECTIONS } from "./keyboard.js"

const STRIDE = 1 / 100 // of what the axes show; ten times that with shift
const REST = 400 // ms without a key after which the start stays where it is

export class StartHandle {
  // Asks for every place on the way, and picks the last one.
  constructor(state, intents) {
    this.state = state
    this.intents = intents
    this.handle = element("button", { type: "button", className: "sigmascope-start" })
    this.handle.addEventListener("pointerdown", (event) => this.#grab(event))
    this.handle.addEventListener("pointermove", (event) => this.held && this.#carry(event))
    this.handle.addEventListener("pointerup", () => this.held && this.#drop())
    this.handle.addEventListener("pointercancel", () => this.held && this.#drop())
    this.handle.addEventListener("keydown", (event) => this.#press(event))
  }

  // Puts the handle where a picture has the start, unless a person is moving it.
  set(point) {
    this.moveTo(this.held || this.resting ? this.point : point)
  }

  moveTo(point) {
    this.point = point
    this.handle.disabled = this.state.locked.has("start")
    this.#name()
    this.place()
  }

  // To where a click was; a second click there is for the panel below.
  jumpTo(point) {
    this.moveTo(point)
    this.handle.style.pointerEvents = "none"
    clearTimeout(this.passing)
    this.passing = setTimeout(() => (this.handle.style.pointerEvents = ""), DOUBLE_CLICK)
  }

  // On a panel, or on none.
  attach(panel) {
    if (panel?.plot === this.plot) return
    this.plot = panel?.plot
    if (panel) panel.host.append(this.handle)
    else this.handle.remove()
  }

  // Follows the axes.
  place() {
    const axes = this.plot?.axes()
    if (!axes || !this.point) return
    const { x, y } = pixelsOf(this.point, axes)
    this.#shift(`translate(${x.toFixed(2)}px, ${y.toFixed(2)}px)`)
    this.handle.hidden = !isInside(x, y, axes)
  }

  // While it is held, as an animation: another style would have the browser build the page's layers anew.
  #shift(transform) {
    const { handle, held } = this
    if (!held && handle.style.transform !== transform) handle.style.transform = transform
    this.carried?.cancel()
    this.carried = held && handle.animate({ transform: [transform, transform] }, { duration: 1, fill: "forwards" })
  }

  #name() {
    const { labels } = this.state
    const place = `${labels.start} (${[this.point.x, this.point.y].map(digits).join(", ")})`
    this.handle.ariaLabel = this.handle.disabled ? place : `${place}. ${labels.start_help}`
    this.handle.title = place
  }

  #grab(event) {
    if (!event.isPrimary || event.button !== 0) return
    this.handle.setPointerCapture(event.pointerId)
    this.held = { x: event.clientX, y: event.clientY, from: this.point }
  }

  #carry({ clientX, clientY }) {
    const [right, down] = [clientX - this.held.x, clientY - this.held.y]
    if (!this.held.moved && Math.hypot(right, down) < 3) return
    this.held.moved = true
    this.#go(this.held.from, right, down)
  }

  #drop() {
    const { moved } = this.held
    this.held = null
    this.place()
    if (moved) this.intents.pick(this.point)
  }

  #press(event) {
    const direction = DIRECTIONS[event.key]
    if (!direction || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const stride = STRIDE * (event.shiftKey ? 10 : 1)
    const [xAxis, yAxis] = this.plot.axes()
    this.#go(this.point, direction[0] * stride * xAxis.length, -direction[1] * stride * yAxis.length)
    clearTimeout(this.resting)
    this.resting = setTimeout(() => {
      this.resting = null
      this.intents.pick(this.point)
    }, REST)
  }

  // To a place so many px from a point.
  #go(from, right, down) {
    const axes = this.plot.axes()
    const { x, y } = pixelsOf(from, axes)
    this.moveTo({ x: valueAt(x + right, axes[0]), y: valueAt(y + down, axes[1]) })
    this.intents.askFor(this.point)
  }
}

function pixelsOf({ x, y }, [xAxis, yAxis]) {
  return { x: toPixel(x, xAxis), y: toPixel(y, yAxis) }
}

function digits(value) {
  return String(Number(value.toPrecision(4)))
}
