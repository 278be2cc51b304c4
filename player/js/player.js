// The player: figures from Python on one clock. Mounted once; every later call brings new data. Its pictures come from
// a source, and nothing here knows where that has them from:
//
//   source.listen(key, listener)  calls listener.accept(picture) for the latest picture of the player called `key`, if
//                                 there is one, and for all that follow, and listener.offer(ways) for its ways on
//   source.ask(numbers)           asks for a preview, a picture with these numbers of the scene, by their names; of many
//                                 changes the last counts
//   source.forget(key, listener)  ends what `listen` began
//
// A picture is { surface, updates, begin, preview, story, figures }: the surface's name, where the clock ends and begins,
// whether this answers a question, what is told of it (contract.py; nothing where that stays), the figures by name.

import { listenToDrawing } from "./drawing.js"
import { AxisScale } from "./equal.js"
import { backgroundOf, runOf, startOf } from "./figure.js"
import { listenToFilm } from "./film.js"
import { Follow } from "./follow.js"
import { listenToHeld } from "./held.js"
import { intentsOf } from "./intents.js"
import { listenToKeys } from "./keyboard.js"
import { Colouring, loadStyle, pageColours, scaleOf } from "./page.js"
import { listenToPrint } from "./print.js"
import { loadPlotly } from "./plotly.js"
import { Stage } from "./stage.js"
import { StartHandle } from "./start.js"
import { State } from "./state.js"
import { Telling } from "./telling.js"
import { Transport } from "./transport.js"
import { Views } from "./views.js"

const players = new WeakMap()

// tell(name, value): told what a person has chosen: "pick", a start; "change", numbers of the scene by their names;
// "view", a name; "axes", "equal" or "fill"; "layout", "story" or "full"; "next", the name of a way on; "frame", a part
// of a plane; and "theme" when figures for other colours are wanted. Returns what ends the player, unless it stays on the page.
export function mount(parent, source, data, tell) {
  if (!players.has(parent)) players.set(parent, new Player(parent.querySelector(".sigmascope-player")))
  const player = players.get(parent)
  player.tell = tell
  player.update(source, data)
  return () => setTimeout(() => {
    if (parent.isConnected) return
    players.delete(parent)
    player.destroy()
  })
}

class Player {
  constructor(root) {
    this.root = root
    this.state = new State()
    this.telling = new Telling(this.state)
    const intents = intentsOf(this)
    this.transport = new Transport(this.state, intents)
    this.views = new Views(intents.chooseView)
    this.stage = new Stage(root, this.state, intents, this.views, this.transport)
    this.follow = new Follow(this.state, intents)
    this.colouring = new Colouring()
    this.axisScale = new AxisScale(this.state)
    this.start = new StartHandle(this.state, intents)
    this.listener = { accept: (picture) => this.#accept(picture), offer: (ways) => this.stage.ways.set(ways) }
    this.endings = [listenToHeld(intents), listenToPrint(root), listenToFilm(this), listenToDrawing(this)]
    this.endings.push(listenToKeys(root, this.state.clock, intents))
    this.state.subscribe((changed) => this.#answer(changed))
  }

  async update(source, { plotly, key, labels, views, view, axes, veiled, layout = "full", ways, ...prescribed }) {
    this.state.prescribe(prescribed, this.root)
    this.#write(labels)
    this.#lay(layout)
    this.axes = axes
    if (this.state.picture) this.#chooseAxes()
    if (veiled !== this.state.veiled) this.#veil(veiled)
    try {
      await Promise.all([loadPlotly(plotly), loadStyle()])
    } catch (error) {
      this.#excuse()
      throw error
    }
    this.views.set(views, view, labels.views)
    this.root.toggleAttribute("data-offers", Boolean(ways))
    this.bringsWays = Array.isArray(ways)
    if (this.bringsWays) this.stage.ways.set(ways)
    this.#listen(source, key)
  }

  destroy() {
    this.state.clock.pause()
    this.endings.forEach((end) => end())
    this.source?.forget(this.key, this.listener)
    this.stage.destroy()
  }

  #listen(source, key) {
    if (source !== this.source || key !== this.key) this.source?.forget(this.key, this.listener)
    this.source = source
    this.key = key
    source.listen(key, this.listener)
  }

  #accept(picture) {
    const { state, stage } = this
    const { figures, surface, updates, begin, preview, story } = picture
    const fresh = surface !== state.picture?.surface
    if (!preview && picture !== state.picture && !this.bringsWays) stage.ways.wait()
    if (fresh) state.set({ views: {} })
    state.set({ picture, story: story?.captions ? story : state.story, cell: preview ? state.cell : null })
    state.set({ colours: pageColours(this.root), scale: scaleOf(this.root) })
    this.telling.attend(fresh)
    state.clock.setUpdates(updates, fresh, begin)
    const drawn = Object.values(figures)
    state.keepRuns(drawn.flatMap(({ data }) => data.map(runOf)))
    stage.set(figures)
    this.start.attach(stage.withStart)
    if (!preview && stage.withStart) this.start.set((this.begins = startOf(stage.withStart.figure)))
    this.#chooseAxes()
    if (preview) stage.render(stage.panels.filter((panel) => panel !== stage.main || panel.kind.hasCells), true)
    else stage.render()
    if (this.colouring.isToChange(backgroundOf(drawn[0]), state.colours)) this.tell("theme", true)
  }

  #excuse() {
    this.root.textContent = this.state.labels.failed
  }

  #answer(changed) {
    if (changed.size === 1 && changed.has("views")) return // Plotly has them, or will
    if (changed.has("hidden")) this.stage.forgetTrails()
    this.telling.follow()
    this.stage.draw()
    this.transport.show()
    this.axisScale.look(this.stage)
    if (changed.has("hidden")) this.stage.render()
  }

  #write(labels) {
    if (JSON.stringify(labels) === JSON.stringify(this.state.labels)) return
    this.state.set({ labels })
    this.root.setAttribute("role", "group")
    this.root.ariaLabel = labels.player
    this.transport.write()
    this.stage.more.make()
    this.stage.ways.name(labels.ways)
  }

  #lay(layout) {
    const { root, stage, state } = this
    if (layout === root.dataset.layout) return
    root.dataset.layout = layout
    state.turn("reach", layout === "full" && !state.veiled)
    state.change({ layout })
    stage.layAgain()
  }

  // What is to come is hidden, or shown again.
  #veil(veiled) {
    this.root.dataset.veiled = String(veiled)
    this.state.turn("reach", !veiled && this.state.layout === "full")
    this.state.change({ veiled })
  }

  // Turns the map's axes to what the page or the map asks for, and tells all that has changed.
  #chooseAxes() {
    const wanted = this.axisScale.wanted(this.axes)
    if (wanted !== undefined) this.state.turn("equal", wanted)
    this.state.tell()
  }

  resetView() {
    this.state.forgetViews()
    this.state.tell()
    if (this.begins) this.start.moveTo(this.begins)
    this.stage.render()
  }

  // A person has moved what a panel shows.
  moved(panel) {
    const { stage, state } = this
    if (panel.pointer) return panel.pointer.tellFrame()
    if (panel.kind.hasStart && !this.follow.arriving) state.holdView()
    const isShared = state.keepView(panel, panel.view)
    if (isShared) stage.render(stage.panels.filter(({ kind, name }) => kind.sharesTime && name !== panel.name))
    state.tell()
  }

  drawn(panel) {
    if (!panel.kind.hasStart) return
    this.start.place()
    this.follow.look(panel)
  }

  resized() {
    cancelAnimationFrame(this.resizing)
    this.resizing = requestAnimationFrame(() => {
      this.state.set({ scale: scaleOf(this.root) })
      const outgrown = this.stage.panels.filter((panel) => panel.figure && panel.outgrown)
      if (outgrown.length) this.stage.render(outgrown)
    })
  }
}
