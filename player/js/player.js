// The player: figures from Python on one clock. Mounted once; every later call brings new data.

import { Camera } from "./follow.js"
import { Clock } from "./clock.js"
import { element } from "./element.js"
import { backgroundOf, runOf, startOf } from "./figure.js"
import { listenToKeys } from "./keyboard.js"
import { kindOf } from "./kinds.js"
import { isDark, loadStyle, pageColours } from "./page.js"
import { Panel } from "./panel.js"
import { loadPlotly } from "./plotly.js"
import { lineTo } from "./line.js"
import { RenderQueue } from "./queue.js"
import { StartHandle } from "./start.js"
import { Transport } from "./transport.js"
import { Views } from "./views.js"

// Widths in px above which text and lines grow: on a page, and on the wall of a room.
const PAGE = 1250
const ROOM = 900

const players = new WeakMap()
const touches = globalThis.matchMedia("(pointer: coarse)")

export function mount({ data, parentElement, setTriggerValue }) {
  if (!players.has(parentElement)) players.set(parentElement, new Player(parentElement))
  const player = players.get(parentElement)
  player.onPick = (point) => setTriggerValue("pick", point)
  player.onView = (name) => setTriggerValue("view", name)
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
    this.switches = { reach: true, follow: false }
    this.transport = new Transport(this.clock, this.switches, (name) => this.switch(name), () => this.present())
    this.views = new Views((name) => this.onView(name))
    this.curves = element("div", { className: "sigmascope-curves" })
    this.stage = element("div", { className: "sigmascope-stage" })
    this.panels = new Map()
    this.hidden = new Set()
    this.view = {} // by panel; the x axes of all curves are one, under "time"
    this.queue = new RenderQueue(this.root)
    this.camera = new Camera(this)
    this.start = new StartHandle((point) => this.line.ask(point), (point) => this.picked(point))
    this.forgetKeys = listenToKeys(this)
  }

  async update({ plotly, line, key, labels, views, view, veiled }) {
    this.#setLabels(labels)
    this.#veil(veiled)
    try {
      await Promise.all([loadPlotly(plotly), loadStyle()])
    } catch (error) {
      this.root.textContent = labels.failed
      throw error
    }
    this.views.set(views, view, labels.views)
    this.key = key
    this.line = lineTo(line)
    this.line.listen(key, this)
  }

  fail() {
    if (!this.panels.size) this.root.textContent = this.labels.failed
  }

  // Shows a picture that came over the line.
  accept({ figures, scene, updates, begin, preview }) {
    const fresh = scene !== this.scene
    if (fresh) this.view = {}
    this.scene = scene
    this.colours = pageColours(this.root)
    this.#measure()
    this.clock.setUpdates(updates, fresh, begin)
    this.#setPanels(figures)
    const [main] = Object.values(figures)
    const runs = new Set(main.data.map(runOf))
    this.hidden = new Set([...this.hidden].filter((run) => runs.has(run)))
    for (const [name, figure] of Object.entries(figures)) this.panels.get(name).setFigure(figure)
    if (!preview && figures.map) this.start.set((this.begins = startOf(figures.map)), this.labels)
    this.#show()
    if (preview) this.queue.add([...this.panels.values()].filter((panel) => panel !== this.main), true)
    else this.render()
    this.#matchTheme(backgroundOf(main))
  }

  // Streamlit changes the page's colours without telling Python: ask once for figures that match.
  #matchTheme(background) {
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

  // What is to come is hidden, or shown again.
  #veil(veiled) {
    if (veiled === this.veiled) return
    this.veiled = veiled
    this.root.dataset.veiled = String(veiled)
    this.switches.reach = !veiled
    this.draw()
  }

  // Panels that stay keep what Plotly has drawn in them.
  #setPanels(figures) {
    const names = Object.keys(figures)
    if (names.join() === [...this.panels.keys()].join()) return
    const panels = new Map(names.map((name) => [name, this.panels.get(name) ?? this.#makePanel(name, figures[name])]))
    for (const [name, panel] of this.panels) if (!panels.has(name)) panel.destroy()
    this.queue.clear()
    this.panels = panels
    const [main, ...others] = panels.values()
    this.curves.replaceChildren(...others.map((panel) => panel.host))
    this.stage.replaceChildren(...(this.views.offered ? [this.views.bar] : []), main.host, this.transport.bar, this.curves)
    this.stage.style.setProperty("--sigmascope-rows", others.reduce((rows, { kind }) => rows + kind.rows, 0))
    this.start.attach(this.panels.get("map"))
    if (this.stage.isConnected) return
    this.root.replaceChildren(this.stage)
    this.root.style.minHeight = ""
  }

  #makePanel(name, figure) {
    return new Panel(name, kindOf(figure), this)
  }

  get main() {
    return this.panels.values().next().value
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
    this.transport.show(this.colours)
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
    const { clock, colours, hidden, labels, scale, switches } = this
    return { ...colours, hidden, labels, scale, ...switches, playing: clock.playing, updates: clock.updates }
  }

  // How Plotly shows the figure of a panel.
  look(panel) {
    return {
      ...this.ink,
      kind: panel.kind,
      untitled: panel.kind.sharesTime && panel !== [...this.panels.values()].at(-1),
      dragmode: panel.plot.dragmode ?? (this.touched ? false : "zoom"), // a finger scrolls the page
      size: panel.size,
      view: { ...this.view[panel.name], ...(panel.kind.sharesTime ? this.view.time : {}) },
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

  // A person has moved what a panel shows.
  moved(panel) {
    if (panel.kind.hasStart && !this.camera.arriving) this.switches.follow = false
    this.#show()
    if (panel.kind.sharesTime) this.#movedTime(panel)
    else this.view[panel.name] = panel.view
  }

  #movedTime(panel) {
    const before = JSON.stringify(this.view.time)
    const { xaxis, xaxis2, ...own } = panel.view
    this.view[panel.name] = own
    this.view.time = xaxis && { xaxis, xaxis2: xaxis }
    if (JSON.stringify(this.view.time) === before) return
    this.render([...this.panels.values()].filter((other) => other.kind.sharesTime && other !== panel))
  }

  resetView() {
    this.view = {}
    this.switches.follow = false
    this.#show()
    if (this.begins) this.start.moveTo(this.begins)
    this.render()
  }

  toggleRun(run) {
    if (!this.hidden.delete(run)) this.hidden.add(run)
    this.#restyle()
  }

  isolateRun(run) {
    const runs = new Set(this.main.overlay.tracks.map((track) => track.run))
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

  // A click has chosen another start.
  pick(point) {
    this.line.ask(point)
    this.picked(point)
  }

  picked(point) {
    this.onPick(point)
  }

  // Turns on or off what is shown on the map.
  switch(name) {
    if (!this.panels.has("map")) return
    this.switches[name] = !this.switches[name]
    if (name === "follow" && !this.switches.follow) this.resetView()
    else this.draw()
  }

  present() {
    if (document.fullscreenElement) document.exitFullscreen()
    else this.root.requestFullscreen()
  }

  destroy() {
    this.clock.pause()
    this.forgetKeys()
    this.line?.forget(this.key, this)
    this.queue.clear()
    this.panels.forEach((panel) => panel.destroy())
  }
}
