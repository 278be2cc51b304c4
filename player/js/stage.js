// The panels on the page: the first figure's in the main place, with what controls it, the others' as curves. In the
// layout of a story, words stand around them.

import { Account } from "./account.js"
import { Caption, Question } from "./caption.js"
import { element } from "./element.js"
import { Guess } from "./guess.js"
import { Formula } from "./formula.js"
import { kindOf } from "./kinds.js"
import { Panel } from "./panel.js"
import { RenderQueue } from "./queue.js"
import { More } from "./more.js"
import { Rates } from "./rates.js"
import { Ways } from "./ways.js"

export class Stage {
  constructor(root, state, intents, views, transport) {
    this.root = root
    this.state = state
    this.clock = state.clock
    this.make = (name, figure) => hovered(new Panel(name, kindOf(figure), state, intents), intents)
    this.views = views
    this.transport = transport
    this.curves = element("div", { className: "sigmascope-curves" })
    this.host = element("div", { className: "sigmascope-stage" })
    this.question = new Question(state)
    this.caption = new Caption(state, intents)
    this.formula = new Formula(state, intents)
    this.rates = new Rates(state, intents)
    this.words = element("div", { className: "sigmascope-words" })
    this.more = new More(state, intents)
    this.ways = new Ways(intents)
    this.side = element("div", { className: "sigmascope-side" })
    this.guess = new Guess(state, intents)
    this.account = new Account(state)
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
    this.guess.show()
    this.account.show()
    this.caption.show()
    if (this.state.layout === "story" && this.main) this.#tell()
    root.dataset.time = String(Math.floor(1000 * clock.time) / 1000)
    root.dataset.playing = String(clock.playing)
    if (clock.time > 0) root.dataset.played = ""
    root.dataset.updates = String(clock.updates)
    root.dataset.ended = String(clock.time >= clock.updates)
  }

  // What the layout of a story says beside the picture.
  #tell() {
    const { formula, main, panels, question, rates, state } = this
    question.show()
    rates.show()
    formula.show(main.overlay.tracks.find(({ run }) => run === state.run))
    const { lit } = state
    if (lit === this.lit) return
    this.lit = lit
    this.host.dataset.spot = String(panels.some(({ name }) => name === lit))
    for (const { host, name } of panels) host.dataset.lit = String(name === lit)
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
    this.guess.attach(this.withStart)
    this.#place()
  }

  // Another layout, if there is anything to lay out.
  layAgain() {
    if (!this.panels.length) return
    this.#place()
    this.render()
  }

  // Puts everything where the layout has it.
  #place() {
    const [main, ...others] = this.panels
    const { caption, curves, formula, question, side, state: { layout }, transport, views, ways, words } = this
    curves.replaceChildren(...others.map(({ host }) => host))
    this.host.dataset.layout = layout
    if (layout === "full") this.host.replaceChildren(...views.bars, main.host, caption.host, transport.bar, curves)
    else {
      side.replaceChildren(this.rates.host, ways.host, this.more.host)
      words.replaceChildren(caption.host, formula.host)
      const column = (...parts) => element("div", { className: "sigmascope-column" }, parts)
      this.host.replaceChildren(question.host, column(main.host, words), column(curves, side), transport.bar)
    }
    this.host.style.setProperty("--sigmascope-rows", others.reduce((rows, { kind }) => rows + kind.rows, 0))
    if (!this.host.isConnected) this.root.replaceChildren(this.host, this.account.host)
    if (layout === "full") this.host.after(ways.host)
    this.root.style.minHeight = ""
  }
}

// A panel below the pointer says so.
function hovered(panel, { hover }) {
  panel.host.addEventListener("pointerenter", () => hover(panel.name))
  panel.host.addEventListener("pointerleave", () => hover(null))
  return panel
}
