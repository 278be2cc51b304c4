// One figure: Plotly's axes, hover and zoom below, the overlay above.

import { DOUBLE_CLICK, clickOrDouble, listenToClicks } from "./clicks.js"
import { dress, isAnimated } from "./dress.js"
import { picture } from "./picture.js"
import { Overlay } from "./overlay.js"
import { Track, valueAt } from "./track.js"

const AXIS = /^[xy]axis/
const LOCALE = "page"

export class Panel {
  // player: what all panels share (clock, hidden runs, zoom, scale), and what it is told.
  constructor(name, host, player) {
    this.name = name
    this.host = host
    this.player = player
    this.isMap = name === "map"
    this.plot = host.appendChild(document.createElement("div"))
    this.plot.className = "sigmascope-plot"
    this.overlay = new Overlay(this.plot, this.isMap)
    this.resizing = new ResizeObserver(() => player.resized(this))
    this.resizing.observe(host)
  }

  // The canvas answers at once, on the axes that are there.
  setFigure(figure) {
    this.figure = figure
    this.overlay.setTracks(figure.data.filter(isAnimated).map((trace) => new Track(trace)))
    this.draw()
  }

  draw() {
    this.overlay.draw(this.player.clock.time, this.player.ink)
    if (this.isMap) this.player.start.place()
  }

  async render() {
    const size = this.size
    if (!size.width) return
    this.rendered = size
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
    this.forgetClicks?.()
    globalThis.Plotly?.purge(this.plot)
    this.host.remove()
  }

  #settle() {
    this.overlay.attach()
    this.plot.style.setProperty("--sigmascope-foot", `${this.plot._fullLayout._size.b}px`)
    this.draw()
  }

  #listen() {
    this.listening = true
    this.plot.on("plotly_afterplot", () => this.#settle())
    this.plot.on("plotly_relayouting", () => this.#settle())
    this.plot.on("plotly_relayout", (change) => {
      if (Object.keys(change).some((key) => AXIS.test(key))) this.player.zoomed(this, this.#zoomed())
    })
    if (this.isMap) this.#listenToClicks()
    else this.plot.on("plotly_doubleclick", () => this.player.touched || this.player.resetView())
  }

  // The axes that a person has moved away from the figure's own ranges, by name.
  #zoomed() {
    const names = Object.keys(this.figure.layout).filter((key) => AXIS.test(key))
    const ranges = names.map((name) => [name, [...this.plot._fullLayout[name].range]])
    return Object.fromEntries(ranges.filter(([name, range]) => !sameRange(range, this.figure.layout[name].range)))
  }

  // Plotly's own count takes the tap of a finger for two clicks, and loses the second click on a legend that
  // the first one has built anew.
  #listenToClicks() {
    const { player } = this
    const pick = clickOrDouble((_, point) => player.pick(point), () => player.resetView())
    this.forgetClicks = listenToClicks(this.plot, (event) => {
      const point = this.#pointAt(event)
      player.start.moveTo(point)
      pick("map", point)
    })
    const legend = clickOrDouble((run) => player.toggleRun(run), (run) => player.isolateRun(run))
    this.plot.on("plotly_legendclick", (event) => {
      legend(event.data[event.curveNumber].meta.legend)
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
      displayModeBar: this.player.touched && !this.isMap ? false : "hover",
      doubleClick: false,
      doubleClickDelay: DOUBLE_CLICK,
      plotlyServerURL: "",
      locale: LOCALE,
      locales: { [LOCALE]: { dictionary: dictionary(labels) } },
      modeBarButtons: [...(this.player.touched ? [] : [["zoom2d", "pan2d"]]), ["zoomIn2d", "zoomOut2d", reset], [image]],
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

function sameRange(a, b) {
  const span = Math.abs(b[1] - b[0])
  return a.every((value, i) => Math.abs(value - b[i]) <= 1e-9 * span)
}
