// The panels on the page: the first figure's in the main place, with what controls it, the others' as curves.

import { element } from "./element.js"
import { kindOf } from "./kinds.js"
import { Panel } from "./panel.js"
import { RenderQueue } from "./queue.js"

export class Stage {
  constructor(root, state, intents, views, transport) {
    this.root = root
    this.clock = state.clock
    this.make = (name, figure) => new Panel(name, kindOf(figure), state, intents)
    this.views = views
    this.transport = transport
    this.curves = element("div", { className: "sigmascope-curves" })
    this.host = element("div", { className: "sigmascope-stage" })
    this.panels = []
    this.queue = new RenderQueue(root)
  }

  // Shows figures by name. Panels that stay keep what Plotly has drawn in them.
  set(figures) {
    const names = Object.keys(figures)
    if (names.join() !== this.panels.map(({ name }) => name).join()) this.#replace(names, figures)
    for (const panel of this.panels) panel.setFigure(figures[panel.name])
  }

  get main() {
    return this.panels[0]
  }

  // The panel on which a person can move the start.
  get withStart() {
    return this.panels.find(({ kind }) => kind.hasStart)
  }

  get runs() {
    return [...new Set(this.main.overlay.tracks.map(({ run }) => run))]
  }

  // Draws the moment, and tells the page which one it is.
  draw() {
    const { clock, root } = this
    this.panels.forEach((panel) => panel.draw())
    root.dataset.time = String(Math.floor(1000 * clock.time) / 1000)
    root.dataset.playing = String(clock.playing)
    root.dataset.updates = String(clock.updates)
  }

  // Has Plotly draw panels anew. calm: more is to come at once.
  render(panels = this.panels, calm = false) {
    this.queue.add(panels, calm)
  }

  // Has all trails drawn anew, which only grow otherwise.
  forgetTrails() {
    this.panels.forEach(({ overlay }) => (overlay.stale = true))
  }

  destroy() {
    this.queue.clear()
    this.panels.forEach((panel) => panel.destroy())
  }

  #replace(names, figures) {
    const before = this.panels
    this.panels = names.map((name) => before.find((panel) => panel.name === name) ?? this.make(name, figures[name]))
    before.filter((panel) => !this.panels.includes(panel)).forEach((panel) => panel.destroy())
    this.queue.clear()
    this.panels.forEach((panel) => (panel.isLast = panel === this.panels.at(-1)))
    this.#place()
  }

  #place() {
    const [main, ...others] = this.panels
    this.curves.replaceChildren(...others.map(({ host }) => host))
    this.host.replaceChildren(...this.views.bars, main.host, this.transport.bar, this.curves)
    this.host.style.setProperty("--sigmascope-rows", others.reduce((rows, { kind }) => rows + kind.rows, 0))
    if (this.host.isConnected) return
    this.root.replaceChildren(this.host)
    this.root.style.minHeight = ""
  }
}
