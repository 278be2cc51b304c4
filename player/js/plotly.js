// The one place that knows Plotly: its functions and events, where it keeps what it has laid out, and what its elements
// are called. All others draw with a Plot, and are given an axis or a camera as a plain value (axis.js).

import { writeAsPeople } from "./numbers.js"
import { once } from "./page.js"
import { boxOf } from "./relief.js"

export const MAIN_AXES = ["xaxis", "yaxis"]
const MOVED = /^([xy]axis|scene)/ // in the names of what a person has changed

export function loadPlotly(address) {
  return once(address, async () => globalThis.Plotly ?? import(new URL(address, document.baseURI)))
}

// Its functions that draw nothing on the page, and its icons, once it is loaded.
export const plotly = () => globalThis.Plotly

// A figure as Plotly has drawn it into an element.
export class Plot {
  constructor(host) {
    this.host = host
  }

  // Draws a figure, or what is new in it.
  draw = (data, layout, config) => globalThis.Plotly.react(this.host, data, layout, config)

  // Changes the layout alone: what is new in it, by its path.
  change = (parts) => globalThis.Plotly.relayout(this.host, parts)

  destroy() {
    globalThis.Plotly?.purge(this.host)
  }

  // Tells what happens, from the first drawing on. onLayout: axes may lie elsewhere. onMoved: a person has moved what
  // is shown. onLegend: an entry was clicked, with its trace; the legend itself does nothing.
  listen({ onLayout, onMoved, onLegend, onDoubleClick }) {
    const { host } = this
    const write = () => writeAsPeople(this.#layout._d3locale) // a new one whenever it lays out
    write()
    host.on("plotly_afterplot", write)
    host.on("plotly_afterplot", onLayout)
    host.on("plotly_relayouting", onLayout)
    host.on("plotly_relayout", (change) => Object.keys(change).some((key) => MOVED.test(key)) && onMoved())
    if (onDoubleClick) host.on("plotly_doubleclick", onDoubleClick)
    if (!onLegend) return
    host.on("plotly_legendclick", ({ data, curveNumber }) => {
      onLegend(data[curveNumber])
      return false
    })
    host.on("plotly_legenddoubleclick", () => false)
  }

  get #layout() {
    return this.host._fullLayout
  }

  get isDrawn() {
    return Boolean(this.#layout)
  }

  get size() {
    const { width, height } = this.#layout
    return { width, height }
  }

  // The height of what is below the axes, in px.
  get foot() {
    return this.#layout._size.b
  }

  // The width and height that are left for axes, in px; undefined before it has drawn.
  get place() {
    return this.isDrawn ? [this.#layout._size.w, this.#layout._size.h] : undefined
  }

  get dragmode() {
    return this.#layout?.dragmode
  }

  // The axes of a subplot as values; null before they are drawn.
  axes([x, y] = MAIN_AXES) {
    const layout = this.#layout
    return layout?.[x] ? [axisOf(layout[x]), axisOf(layout[y])] : null
  }

  range(name) {
    return this.#layout[name].range.map(Number)
  }

  // The rectangle of a scene in three dimensions, as two axes without values.
  box(name) {
    const layout = this.#layout
    const { l, t, w, h } = layout._size
    const { x, y } = layout[name].domain
    return [
      { offset: l + w * x[0], length: w * (x[1] - x[0]) },
      { offset: t + h * (1 - y[1]), length: h * (y[1] - y[0]) },
    ]
  }

  // How WebGL puts a scene's points on the screen, as it has matrices, and by how much it scales data before; null
  // before it has drawn.
  projection(name) {
    const scene = this.#layout[name]?._scene
    return scene ? projectionOf(scene) : null
  }

  camera(name) {
    const scene = this.#layout[name]
    return scene._scene ? scene._scene.getCamera() : scene.camera
  }

  // Calls back with the projection after each frame that WebGL draws. To be asked for again after each drawing.
  watch(name, onFrame) {
    const scene = this.#layout[name]._scene
    const { glplot } = scene
    if (this.watched === glplot) return
    this.watched = glplot
    const draw = glplot.onrender
    glplot.onrender = () => {
      draw()
      onFrame(projectionOf(scene))
    }
  }

  // Puts elements above the traces, and below titles, legend and hover labels, which Plotly may build anew.
  insert(elements) {
    const container = this.host.querySelector(".svg-container")
    const top = container.querySelectorAll(":scope > .main-svg")[1]
    for (const element of elements) if (element.nextElementSibling !== top) container.insertBefore(element, top)
  }

  // Whether an event happens where the traces are, not on legend or buttons.
  isOnTraces({ target }) {
    return target.closest(".nsewdrag") !== null
  }

  glide = () => new Glide(() => this.#layout)
}

// x from the left, y from above, also while only the range is up to date.
function axisOf({ _id, _length, _offset, range, type }) {
  const [begin, end] = _id[0] === "x" ? range : [range[1], range[0]]
  return { offset: _offset, length: _length, begin: Number(begin), end: Number(end), isLog: type === "log" }
}

function projectionOf({ glplot: { cameraParams }, dataScale }) {
  return { ...cameraParams, scale: dataScale }
}

// The window of a plot on its way to another: its axes follow, and its layer of traces is moved as a picture.
class Glide {
  #layoutNow

  constructor(layoutNow) {
    this.#layoutNow = layoutNow
    this.layout = layoutNow()
    this.ranges = MAIN_AXES.map((name) => this.layout[name].range)
    this.from = this.ranges.map((range) => range.map(Number))
  }

  // Whether nothing but this has moved the window meanwhile.
  get isAlone() {
    const { layout, ranges } = this
    return this.#layoutNow() === layout && MAIN_AXES.every((name, axis) => layout[name].range === ranges[axis])
  }

  show(to) {
    const { from, layout } = this
    this.ranges = to
    MAIN_AXES.forEach((name, axis) => (layout[name].range = to[axis]))
    const scale = from.map(([low, high], axis) => (high - low) / (to[axis][1] - to[axis][0]))
    const [x, y] = [(from[0][0] - to[0][0]) / (to[0][1] - to[0][0]), (to[1][1] - from[1][1]) / (to[1][1] - to[1][0])]
    const shift = [x * layout.xaxis._length, y * layout.yaxis._length]
    moveLayer(layout, shift, scale, ` translate(${shift.join()}) scale(${scale.join()})`)
  }

  // Leaves the layer where Plotly has it, which may have drawn meanwhile.
  end() {
    const layout = this.#layoutNow()
    if (layout) moveLayer(layout, [0, 0], [1, 1], "")
  }
}

function moveLayer(layout, shift, scale, moved) {
  const axes = MAIN_AXES.map((name) => layout[name])
  const { plot, clipRect, imagelayer } = layout._plots.xy
  plot.node().setAttribute("transform", `translate(${axes.map(({ _offset }) => _offset).join()})${moved}`)
  const [x, y] = shift.map((pixels, axis) => -pixels / scale[axis])
  const [width, height] = axes.map(({ _length }, axis) => _length / scale[axis])
  setBox(clipRect.node(), { x, y, width, height })
  const sides = axes.map(axisOf) // pictures are in a layer of their own
  for (const image of imagelayer.node().children) setBox(image, boxOf(image.__data__, sides))
}

function setBox(element, box) {
  for (const [name, value] of Object.entries(box)) element.setAttribute(name, value)
}
