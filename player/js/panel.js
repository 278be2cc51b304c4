// One figure: Plotly's axes, hover and zoom below, the overlay above. It reads the state and tells what people want.

import { valueAt } from "./axis.js"
import { clickOrDouble, listenToClicks } from "./clicks.js"
import { configOf } from "./config.js"
import { dress } from "./dress.js"
import { element } from "./element.js"
import { isAnimated, runOf, shortTitlesOf } from "./figure.js"
import { saveAsImage } from "./image.js"
import { Overlay } from "./overlay.js"
import { isTouched } from "./page.js"
import { withView } from "./kinds.js"
import { Plot } from "./plotly.js"
import { fillPlace, placeOf } from "./scale.js"
import { offerSwap } from "./swap.js"

export class Panel {
  // isLast: whether no other panel stands below.
  constructor(name, kind, state, intents) {
    this.name = name
    this.kind = kind
    this.state = state
    this.intents = intents
    this.isLast = true
    this.host = element("div", { className: kind.className })
    this.host.style.setProperty("--sigmascope-rows", kind.rows)
    this.plot = new Plot(this.host.appendChild(element("div", { className: "sigmascope-plot" })))
    this.plot.host.dataset.chart = name
    Object.assign(this.host.dataset, { panel: name, ...(kind.makeReach && { reach: "" }) })
    this.overlay = new Overlay(this.plot)
    this.#watch()
  }

  setFigure(figure) {
    this.figure = figure
    if (shortTitlesOf(figure)) this.swap ??= offerSwap(this.host, this.state.labels, this.intents)
    this.overlay.setTracks(figure.data.filter(isAnimated).map(this.kind.track), this.kind)
  }

  // The canvas answers at once, on the axes that are there.
  draw() {
    const { clock, ink } = this.state
    if (!this.inView && clock.playing) return
    this.pointer?.show(this.state.cell)
    this.overlay.draw(clock.time, ink)
    this.intents.drawn(this)
  }

  async render() {
    const { kind, look, size } = this
    if (!size.width) return
    this.rendered = size
    if (kind.isMissing?.()) return this.#excuse()
    const { data, layout } = dress(this.figure, look)
    await this.plot.draw(data, layout, this.#config())
    this.fitting = true
    if (kind.toScale && look.equal) await fillPlace(this.plot, withView(this.figure.layout, look.view), size)
    this.fitting = false
    if (this.listening) return
    this.#listen()
    this.#settle()
  }

  // How Plotly shows the figure.
  get look() {
    const { kind, plot, size, state } = this
    return {
      ...state.ink,
      layout: state.layout,
      lead: state.lead,
      kind,
      size,
      untitled: kind.sharesTime && !this.isLast,
      dragmode: plot.dragmode ?? (isTouched() ? false : "zoom"), // a finger scrolls the page
      place: placeOf(plot, size),
      view: state.viewOf(this),
    }
  }

  // What a person has moved, as parts of the layout.
  get view() {
    return this.kind.view(this.plot, this.whole)
  }

  // The layout of what it shows before anybody moves it.
  get whole() {
    const { figure: { layout }, kind, look } = this
    return kind.toScale?.(layout, look) ?? layout
  }

  get size() {
    return { width: this.plot.host.clientWidth, height: this.plot.host.clientHeight }
  }

  get outgrown() {
    const { width, height } = this.size
    return width > 0 && (width !== this.rendered?.width || height !== this.rendered?.height)
  }

  destroy() {
    this.resizing.disconnect()
    this.viewing.disconnect()
    this.forgetClicks?.()
    this.pointer?.forget()
    this.plot.destroy()
    this.host.remove()
  }

  #watch() {
    this.resizing = new ResizeObserver(() => this.intents.resized())
    this.resizing.observe(this.host)
    this.inView = true
    this.viewing = new IntersectionObserver((entries) => this.#see(entries.at(-1)))
    this.viewing.observe(this.host)
  }

  // While it plays, what nobody sees is not drawn; it catches up when it comes into view, and at rest.
  #see({ isIntersecting }) {
    this.inView = isIntersecting
    this.draw()
  }

  #settle() {
    this.overlay.attach()
    this.kind.watch?.(this.plot, () => this.#turned())
    this.plot.host.style.setProperty("--sigmascope-foot", `${this.plot.foot}px`)
    this.draw()
  }

  #turned() {
    this.overlay.stale = true
    this.draw()
    this.intents.moved(this)
  }

  // What stands in the place of a figure that this browser cannot draw.
  #excuse() {
    const excuse = element("p", { className: "sigmascope-excuse", textContent: this.state.labels.no_webgl })
    this.host.replaceChildren(excuse)
  }

  #listen() {
    this.listening = true
    const { intents, kind } = this
    this.plot.listen({
      onLayout: () => this.#settle(),
      onMoved: () => this.fitting || intents.moved(this),
      onLegend: kind.legend && this.#legendClick(),
      onDoubleClick: !kind.hasStart && (() => isTouched() || this.#reset()),
    })
    if (kind.hasStart) this.#listenToClicks()
    this.pointer = kind.attend?.(this, intents)
  }

  // Plotly's own count takes the tap of a finger for two clicks.
  #listenToClicks() {
    const { intents } = this
    const click = clickOrDouble((_, point) => intents.put(point), () => intents.resetView())
    this.forgetClicks = listenToClicks(this.plot, (event) => {
      const point = this.#pointAt(event)
      intents.moveStart(point)
      click(this, point)
    })
  }

  // Plotly's own count loses the second click on a legend that the first one has built anew.
  #legendClick() {
    const { intents } = this
    const click = clickOrDouble((run) => intents.toggleRun(run), (run) => intents.isolateRun(run))
    return (trace) => click(runOf(trace))
  }

  #reset() {
    if (this.pointer) this.pointer.leaveFrame()
    else this.intents.resetView()
  }

  #pointAt({ clientX, clientY }) {
    const [xAxis, yAxis] = this.plot.axes()
    const box = this.plot.host.getBoundingClientRect()
    return { x: valueAt(clientX - box.left, xAxis), y: valueAt(clientY - box.top, yAxis) }
  }

  // The same object again unless labels or layout changed, since Plotly begins anew with another one.
  #config() {
    const { intents, kind, state: { clock, labels, layout } } = this
    if (this.configured !== labels || this.configuredFor !== layout) {
      Object.assign(this, { configured: labels, configuredFor: layout })
      const save = (format) => saveAsImage(this, clock.time, format)
      this.config = configOf(kind, labels, layout, { reset: () => this.#reset(), save })
    }
    return this.config
  }
}
