// One figure: Plotly's axes, hover and zoom below, the overlay above.

import { DOUBLE_CLICK, clickOrDouble, listenToClicks } from "./clicks.js"
import { dress } from "./dress.js"
import { element } from "./element.js"
import { isAnimated, runOf } from "./figure.js"
import { Overlay } from "./overlay.js"
import { picture } from "./image.js"
import { valueAt } from "./track.js"

const MOVED = /^([xy]axis|scene)/
const LOCALE = "page"

export class Panel {
  // player: what all panels share (clock, hidden runs, zoom, scale), and what it is told.
  constructor(name, kind, player) {
    this.name = name
    this.kind = kind
    this.player = player
    this.host = element("div", { className: `sigmascope-${kind.place}` })
    this.host.style.setProperty("--sigmascope-rows", kind.rows)
    this.plot = this.host.appendChild(element("div", { className: "sigmascope-plot" }))
    this.plot.dataset.chart = name
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
    await globalThis.Plotly.react(this.plot, data, layout, this.#config())
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
    globalThis.Plotly?.purge(this.plot)
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
    this.plot.style.setProperty("--sigmascope-foot", `${this.plot._fullLayout._size.b}px`)
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
    this.plot.on("plotly_afterplot", () => this.#settle())
    this.plot.on("plotly_relayouting", () => this.#settle())
    this.plot.on("plotly_relayout", (change) => {
      if (Object.keys(change).some((key) => MOVED.test(key))) this.player.moved(this)
    })
    if (this.kind.legend) this.#listenToLegend()
    if (this.kind.hasStart) this.#listenToClicks()
    else this.plot.on("plotly_doubleclick", () => this.player.touched || this.player.resetView())
  }

  // What a person has moved, as parts of the layout.
  get view() {
    return this.kind.view(this.plot._fullLayout, this.figure.layout)
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
  #listenToLegend() {
    const { player } = this
    const legend = clickOrDouble((run) => player.toggleRun(run), (run) => player.isolateRun(run))
    this.plot.on("plotly_legendclick", (event) => {
      legend(runOf(event.data[event.curveNumber]))
      return false
    })
    this.plot.on("plotly_legenddoubleclick", () => false)
  }

  #pointAt({ clientX, clientY }) {
    const { xaxis, yaxis } = this.plot._fullLayout
    const box = this.plot.getBoundingClientRect()
    return { x: valueAt(clientX - box.left - xaxis._offset, xaxis), y: valueAt(clientY - box.top - yaxis._offset, yaxis) }
  }

  // The same object again unless the labels changed, since Plotly begins anew with another one.
  #config() {
    const { labels } = this.player
    if (this.configured !== labels) [this.configured, this.config] = [labels, this.#makeConfig(labels)]
    return this.config
  }

  #makeConfig(labels) {
    const reset = { name: "reset", title: labels.reset, icon: icons().home, click: () => this.player.resetView() }
    const image = { name: "image", title: labels.image, icon: icons().camera, click: () => picture(this) }
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

function icons() {
  return globalThis.Plotly.Icons
}
