// The player: figures from Python on one clock. Mounted once; every later call brings new data.

import { Clock } from "./clock.js"
import { listenToKeys } from "./keys.js"
import { isDark, loadPlotly, loadStyle, pageColours } from "./page.js"
import { Panel } from "./panel.js"
import { figuresOf, ready } from "./parts.js"
import { RenderQueue } from "./queue.js"
import { Transport, element } from "./transport.js"

// Widths in px above which text and lines grow: on a page, and on the wall of a room.
const PAGE = 1250
const ROOM = 900

const players = new WeakMap()
const touches = globalThis.matchMedia("(pointer: coarse)")

export function mount({ data, parentElement, setTriggerValue }) {
  if (!players.has(parentElement)) players.set(parentElement, new Player(parentElement))
  const player = players.get(parentElement)
  player.onPick = (point) => setTriggerValue("pick", point)
  player.onTheme = () => setTriggerValue("theme", true)
  player.update(data)
  return () => setTimeout(() => {
    if (parentElement.isConnected) return
    players.delete(parentElement)
    player.destroy()
  })
}

class Player {
  constructor(parent) {
    this.root = parent.querySelector(".sigmascope-player")
    this.clock = new Clock(() => this.draw())
    this.transport = new Transport(this.clock, () => this.present())
    this.curves = element("div", { className: "sigmascope-curves" })
    this.panels = new Map()
    this.hidden = new Set()
    this.view = {} // by panel; the x axes of all curves are one, under "time"
    this.queue = new RenderQueue(this.root)
    this.turn = 0
    this.forgetKeys = listenToKeys(this)
  }

  async update(data) {
    const turn = ++this.turn
    try {
      await Promise.all([loadPlotly(data.plotly), loadStyle(), ready(data.parts)])
    } catch (error) {
      this.root.textContent = data.labels.failed
      throw error
    }
    if (turn === this.turn) this.#accept(data)
  }

  #accept(data) {
    const fresh = data.scene !== this.scene
    if (fresh) this.view = {}
    this.scene = data.scene
    this.pick = null
    this.colours = pageColours(this.root)
    this.#measure()
    this.clock.setUpdates(data.updates, fresh, data.begin)
    this.#setLabels(data.labels)
    const figures = figuresOf(data.outline)
    this.#setPanels(Object.keys(figures))
    const runs = new Set(figures.map.data.map((trace) => trace.meta?.run))
    this.hidden = new Set([...this.hidden].filter((run) => runs.has(run)))
    for (const [name, figure] of Object.entries(figures)) this.panels.get(name).setFigure(figure)
    this.#show()
    this.render()
    this.#matchTheme(figures.map.layout.meta)
  }

  // Streamlit changes the page's colours without telling Python: ask once for figures that match.
  #matchTheme({ background }) {
    const page = this.colours.background
    if (isDark(background) === isDark(page)) this.asked = null
    else if (this.asked !== page) {
      this.asked = page
      this.onTheme()
    }
  }

  #setLabels(labels) {
    if (JSON.stringify(labels) === JSON.stringify(this.labels)) return
    this.labels = labels
    this.root.setAttribute("role", "group")
    this.root.ariaLabel = labels.player
    this.transport.setLabels(labels)
  }

  #setPanels(names) {
    if (names.join() === [...this.panels.keys()].join()) return
    this.panels.forEach((panel) => panel.destroy())
    this.queue.clear()
    this.curves.replaceChildren()
    const map = element("div", { className: "sigmascope-map" })
    const stage = element("div", { className: "sigmascope-stage" }, [map, this.transport.bar, this.curves])
    stage.style.setProperty("--sigmascope-rows", names.length - 1)
    this.root.replaceChildren(stage)
    this.root.style.minHeight = ""
    const host = (name) => name === "map" ? map : this.curves.appendChild(element("div", { className: "sigmascope-curve" }))
    this.panels = new Map(names.map((name) => [name, new Panel(name, host(name), this)]))
  }

  render(panels = [...this.panels.values()]) {
    this.queue.add(panels)
  }

  draw() {
    this.panels.forEach((panel) => panel.draw())
    this.#show()
  }

  #show() {
    const { clock, root } = this
    this.transport.show()
    root.dataset.time = String(Number(clock.time.toFixed(3)))
    root.dataset.playing = String(clock.playing)
    root.dataset.updates = String(clock.updates)
  }

  get touched() {
    return touches.matches
  }

  #measure() {
    const comfortable = document.fullscreenElement === this.root ? ROOM : PAGE
    this.scale = Math.max(1, this.root.clientWidth / comfortable)
  }

  // What the canvas draws with.
  get ink() {
    return { ...this.colours, hidden: this.hidden, pick: this.pick, scale: this.scale }
  }

  // How Plotly shows the figure of a panel.
  look(panel) {
    return {
      ...this.ink,
      legend: panel.isMap,
      untitled: !panel.isMap && panel !== [...this.panels.values()].at(-1),
      dragmode: panel.plot._fullLayout?.dragmode ?? (this.touched ? false : "zoom"), // a finger scrolls the page
      size: panel.size,
      view: panel.isMap ? this.view.map ?? {} : { ...this.view[panel.name], ...this.view.time },
    }
  }

  resized() {
    cancelAnimationFrame(this.resizing)
    this.resizing = requestAnimationFrame(() => {
      this.#measure()
      const outgrown = [...this.panels.values()].filter((panel) => panel.figure && panel.outgrown)
      if (outgrown.length) this.render(outgrown)
    })
  }

  zoomed(panel, ranges) {
    const before = JSON.stringify(this.view.time)
    const own = Object.entries(ranges).filter(([name]) => panel.isMap || name[0] === "y")
    this.view[panel.name] = Object.fromEntries(own)
    if (panel.isMap) return
    const time = ranges.xaxis
    this.view.time = time && { xaxis: time, xaxis2: time }
    if (JSON.stringify(this.view.time) === before) return
    this.render([...this.panels.values()].filter((other) => !other.isMap && other !== panel))
  }

  resetView() {
    this.view = {}
    this.previewPick(null)
    this.render()
  }

  toggleRun(run) {
    if (!this.hidden.delete(run)) this.hidden.add(run)
    this.#restyle()
  }

  isolateRun(run) {
    const runs = new Set(this.panels.get("map").overlay.tracks.map((track) => track.run))
    const alone = !this.hidden.has(run) && [...runs].every((other) => other === run || this.hidden.has(other))
    if (!alone) runs.delete(run)
    this.hidden = alone ? new Set() : runs
    this.#restyle()
  }

  #restyle() {
    this.panels.forEach((panel) => (panel.overlay.stale = true))
    this.draw()
    this.render()
  }

  previewPick(point) {
    this.pick = point
    this.panels.get("map").draw()
  }

  picked(point) {
    this.onPick(point)
  }

  present() {
    if (document.fullscreenElement) document.exitFullscreen()
    else this.root.requestFullscreen()
  }

  destroy() {
    this.clock.pause()
    this.forgetKeys()
    this.queue.clear()
    this.panels.forEach((panel) => panel.destroy())
  }
}
