// The pointer over a plane, each cell of which is a run: the run below it is shown at once, and a click opens it. From
// the keyboard, arrows go from cell to cell, ten with shift, and Enter opens the run; a finger shows it.

import { listenToClicks } from "./clicks.js"
import { element } from "./element.js"
import { cellsOf } from "./figure.js"
import { DIRECTIONS } from "./keyboard.js"
import { isTouched } from "./page.js"
import { MAIN_AXES } from "./plotly.js"

const LEAST = 9 // px of the mark's sides

export class Pointer {
  constructor(panel, intents) {
    this.panel = panel
    this.intents = intents
    const { host, plot } = panel
    Object.assign(host, { tabIndex: 0, ariaLabel: panel.state.labels.cells })
    host.setAttribute("role", "application")
    this.marks = cellsOf(panel.figure).subplots.map(() => host.appendChild(element("div", { className: "sigmascope-cell" })))
    host.addEventListener("pointermove", (event) => this.#move(event))
    host.addEventListener("keydown", (event) => this.#press(event))
    this.forget = listenToClicks(plot, (event) => this.#click(event))
  }

  // Marks a cell in every subplot; null is none.
  show(cell) {
    this.#follow()
    const { subplots } = this.grid
    this.marks.forEach((mark, k) => {
      const isMeant = cell && subplots[k] && (!this.#areApart || k === cell[0])
      const axes = isMeant && this.panel.plot.axes(subplots[k])
      mark.hidden = !axes
      if (axes) place(mark, ...axes.map((axis, i) => this.#side(axis, i, cell[i])))
    })
  }

  // A person has framed a part: { x, y }, the ends of the axes that are not as they were.
  tellFrame() {
    const { view } = this.panel
    const moved = MAIN_AXES.filter((name) => view[name]).map((name) => [name[0], view[name].range])
    if (moved.length) this.intents.frame(Object.fromEntries(moved))
  }

  leaveFrame() {
    this.intents.frame({ whole: true })
  }

  get grid() {
    return cellsOf(this.panel.figure)
  }

  // The ends of the figure's own axes.
  #ends(i) {
    return this.panel.figure.layout[MAIN_AXES[i]].range
  }

  // Where a cell lies along an axis, in px; all of an axis that has no cells.
  #side({ offset, length, begin, end }, i, cell) {
    const count = this.grid.counts[i]
    if (!count) return [offset, length]
    const [low, high] = this.#ends(i)
    const [from, to] = [cell, cell + 1].map((n) => {
      return offset + (length * (low + (n / count) * (high - low) - begin)) / (end - begin)
    })
    const size = Math.max(Math.abs(to - from), LEAST)
    return [(from + to - size) / 2, size]
  }

  #cellAt({ clientX, clientY }) {
    const { grid, panel } = this
    const box = panel.plot.host.getBoundingClientRect()
    const pixels = [clientX - box.left, clientY - box.top]
    for (const [k, subplot] of grid.subplots.entries()) {
      const axes = panel.plot.axes(subplot)
      const isOn = axes?.every(({ offset, length }, i) => pixels[i] >= offset && pixels[i] <= offset + length)
      if (isOn) return this.#areApart ? [k, 0] : axes.map((axis, i) => this.#cellOn(axis, i, pixels[i]))
    }
    return null
  }

  // Whether each subplot is one cell.
  get #areApart() {
    return this.grid.counts.every((count) => count === 0)
  }

  #cellOn({ offset, length, begin, end }, i, pixel) {
    const count = this.grid.counts[i]
    const [low, high] = this.#ends(i)
    const value = begin + ((pixel - offset) / length) * (end - begin)
    return Math.min(Math.max(Math.floor((count * (value - low)) / (high - low)), 0), Math.max(count - 1, 0))
  }

  #go(cell) {
    const { intents, panel: { state } } = this
    if (!cell || cell.join() === state.cell?.join()) return
    intents.pointAt(cell)
    intents.askFor(named(cell))
  }

  #move(event) {
    if (event.buttons === 0 && this.panel.plot.isOnTraces(event)) this.#go(this.#cellAt(event))
  }

  #click(event) {
    const cell = this.#cellAt(event)
    this.#go(cell)
    if (cell && !isTouched()) this.#open(cell)
  }

  // Opens the scene of a cell, once it is known where that is.
  #open(cell) {
    this.opening = cell.join()
    this.#follow()
  }

  #follow() {
    const { caption } = this.panel.state
    if (!this.opening || caption?.cell?.join() !== this.opening) return
    this.opening = null
    location.assign(new URL(caption.link, new URL(".", document.baseURI)))
  }

  #press(event) {
    const { grid: { counts, subplots }, panel: { host, state } } = this
    if (event.target !== host || event.ctrlKey || event.metaKey || event.altKey) return
    const sides = this.#areApart ? [subplots.length, 1] : counts
    const here = state.cell ?? sides.map((count) => count >> 1)
    const direction = DIRECTIONS[event.key]
    if (event.key === "Enter") this.#open(here)
    else if (direction) this.#go(here.map((n, i) => inside(n + direction[i] * (event.shiftKey ? 10 : 1), sides[i])))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
}

// What a cell is called: its column from the left, its row from below.
function named([column, row]) {
  return { column, row }
}

function inside(cell, count) {
  return Math.min(Math.max(cell, 0), Math.max(count - 1, 0))
}

function place(mark, [x, width], [y, height]) {
  Object.assign(mark.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` })
}
