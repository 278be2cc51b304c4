// One figure: Plotly's axes, hover and zoom below, the overlay above.

import { valueAt } from "./axis.js"
import { DOUBLE_CLICK, clickOrDouble, listenToClicks } from "./clicks.js"
import { dress } from "./dress.js"
import { element } from "./element.js"
import { isAnimated, runOf } from "./figure.js"
import { Overlay } from "./overlay.js"
import { picture } from "./image.js"
import { Plot, plotlyIcons } from "./plotly.js"

const LOCALE = "page"

export class Panel {
  // player: what all panels share (clock, hidden runs, zoom, scale), and what it is told.
  constructor(name, kind, player) {
    this.name = name
    this.kind = kind
    this.player = player
    this.host = element("div", { className: `sigmascope-${kind.place}` })
    this.host.style.setProperty("--sigmascope-rows", kind.rows)
    this.plot = new Plot(this.host.appendChild(element("div", { className: "sigmascope-plot" })))
    this.plot.host.dataset.chart = name
    this.overlay = new Overlay(this.plot)
    this.resizing = new ResizeObserver(() => player.resized(this))
    this.resizing.observe(this.host)
    this.inView = true
    this.viewing = new IntersectionObserver((entries) => this.#see(entries.at(-1)))
    this.viewing.observe(this.host)
    if (kind.onKey) this.#listenToKeys()
  }

  // The canvas answers at once, on the axes that are there.
  setFigure(figure) {
    this.figure = figure
    this.overlay.setTracks(figure.data.filter(isAnimated).map(this.kind.track), this.kind)
    this.draw()
  }

  draw() {
    if (!this.inView && this.player.clock.playing) return
    this.overlay.draw(this.player.clock.time, this.player.ink)
    if (!this.kind.hasStart) return
    this.player.start.place()
    this.player.camera.look(this)
  }

  async render() {
    const size = this.size
    if (!size.width) return
    this.rendered = size
    if (this.kind.isMissing?.()) return this.#excuse()
    const { data, layout } = dress(this.figure, this.player.look(this))
    await this.plot.draw(data, layout, this.#config())
    if (this.listening) return
    this.#listen()
    this.#settle()
  }

  get size() {
    return { width: this.host.clientWidth, height: this.host.clientHeight }
  }

  get outgrown() {
    const { width, height } = this.size
    return width > 0 && (width !== this.rendered?.width || height !== this.rendered?.height)
  }

  destroy() {
    this.resizing.disconnect()
    this.viewing.disconnect()
    this.forgetClicks?.()
    this.plot.destroy()
    this.host.remove()
  }

  // While it plays, what nobody sees is not drawn; it catches up when it comes into view, and at rest.
  #see({ isIntersecting }) {
    this.inView = isIntersecting
    this.draw()
  }

  #listenToKeys() {
    this.host.tabIndex = 0
    this.host.setAttribute("role", "group")
    this.host.ariaLabel = this.player.labels.surface
    this.host.addEventListener("keydown", (event) => {
      const isOwn = event.target === this.host && !event.ctrlKey && !event.metaKey && !event.altKey
      if (isOwn && this.kind.onKey(this.plot, event)) event.preventDefault()
    })
  }

  #settle() {
    this.overlay.attach()
    this.kind.watch?.(this.plot, () => this.#moved())
    this.plot.host.style.setProperty("--sigmascope-foot", `${this.plot.foot}px`)
    this.draw()
  }

  #moved() {
    this.overlay.stale = true
    this.draw()
    this.player.moved(this)
  }

  // What stands in the place of a figure that this browser cannot draw.
  #excuse() {
    this.host.replaceChildren(element("p", { className: "sigmascope-excuse", textContent: this.player.labels.no_webgl }))
  }

  #listen() {
    this.listening = true
    const { kind, player } = this
    this.plot.listen({
      onLayout: () => this.#settle(),
      onMoved: () => player.moved(this),
      onLegend: kind.legend && this.#legendClick(),
      onDoubleClick: !kind.hasStart && (() => player.touched || player.resetView()),
    })
    if (kind.hasStart) this.#listenToClicks()
  }

  // What a person has moved, as parts of the layout.
  get view() {
    return this.kind.view(this.plot, this.figure.layout)
  }

  // Plotly's own count takes the tap of a finger for two clicks.
  #listenToClicks() {
    const { player } = this
    const pick = clickOrDouble((_, point) => player.pick(point), () => player.resetView())
    this.forgetClicks = listenToClicks(this.plot, (event) => {
      const point = this.#pointAt(event)
      player.start.moveTo(point)
      pick("map", point)
    })
  }

  // Plotly's own count loses the second click on a legend that the first one has built anew.
  #legendClick() {
    const { player } = this
    const click = clickOrDouble((run) => player.toggleRun(run), (run) => player.isolateRun(run))
    return (trace) => click(runOf(trace))
  }

  #pointAt({ clientX, clientY }) {
    const [xAxis, yAxis] = this.plot.axes()
    const box = this.plot.host.getBoundingClientRect()
    return { x: valueAt(clientX - box.left, xAxis), y: valueAt(clientY - box.top, yAxis) }
  }

  // The same object again unless the labels changed, since Plotly begins anew with another one.
  #config() {
    const { labels } = this.player
    if (this.configured !== labels) [this.configured, this.config] = [labels, this.#makeConfig(labels)]
    return this.config
  }

  #makeConfig(labels) {
    const reset = { name: "reset", title: labels.reset, icon: plotlyIcons().home, click: () => this.player.resetView() }
    const image = { name: "image", title: labels.image, icon: plotlyIcons().camera, click: () => picture(this) }
    return {
      displaylogo: false,
      displayModeBar: this.player.touched && !this.kind.legend ? false : "hover",
      doubleClick: false,
      doubleClickDelay: DOUBLE_CLICK,
      plotlyServerURL: "",
      locale: LOCALE,
      locales: { [LOCALE]: { dictionary: dictionary(labels) } },
      modeBarButtons: [...(this.player.touched ? [] : [this.kind.drags]), [...this.kind.zooms, reset], [image]].filter((group) => group.length),
    }
  }
}

// Plotly's own words, as it looks them up.
function dictionary(labels) {
  return { Zoom: labels.zoom, Pan: labels.pan, "Zoom in": labels.zoom_in, "Zoom out": labels.zoom_out }
}
