// What a player shows at this moment: its clock, and what page and people have chosen. Whoever draws reads it, whoever
// subscribes is told what has changed. Values are replaced, never written into, so they can be kept and compared.

import { Clock } from "./clock.js"
import { captionAt } from "./events.js"
import { isAnimated, lineOf, runOf } from "./figure.js"
import { Guide } from "./guide.js"
import { remembered } from "./memory.js"
import { SWITCHES } from "./switches.js"

const TIME = Symbol("shared") // among the views, the x axes of all curves over time

export class State {
  #changed = new Set()
  #listeners = new Set()

  constructor() {
    this.clock = new Clock(() => this.#tick())
    this.clock.guide = new Guide(this)
    this.picture = null // what the source gave last
    this.story = undefined // what is told of it, or was told last
    this.hidden = new Set() // runs
    this.switches = Object.fromEntries(Object.entries(SWITCHES).map(([name, { isOn }]) => [name, remembered(name) ?? isOn]))
    this.layout = "full" // "story" for a large map with words and few panels
    this.locked = new Set() // what people may not change or see
    this.lead = 1 // the axis that is drawn large where both are
    this.run = 0 // the one whose formula and learning rate are shown
    this.guess = null // where a person thinks that a run will go
    this.pointed = null // the panel that a person asks to be shown
    this.hovered = null // the panel below the pointer
    this.cell = null // of a plane of many runs, the one that is pointed at
    this.views = {} // what people have moved, as parts of a layout, by panel
    this.veiled = undefined // whether what is to come is hidden
    this.labels = null
    this.colours = null // of the page
    this.scale = 1 // of text and lines
  }

  // Calls back with the names of what has changed; returns what ends that.
  subscribe(listener) {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  // Sets values that are told with the next change.
  set(values) {
    for (const [name, value] of Object.entries(values)) {
      if (this[name] === value) continue
      this[name] = value
      this.#changed.add(name)
    }
  }

  change(values) {
    this.set(values)
    this.tell()
  }

  tell() {
    const changed = this.#changed
    if (!changed.size) return
    this.#changed = new Set()
    this.#listeners.forEach((listener) => listener(changed))
  }

  // The colour of a run, on the first figure that has it.
  colourOf(run) {
    const traces = Object.values(this.picture.figures).flatMap(({ data }) => data)
    return lineOf(traces.find((trace) => isAnimated(trace) && runOf(trace) === run)).color
  }

  // What is said at this moment; undefined before the first word.
  get caption() {
    const { clock, locked, story, veiled } = this
    return veiled || locked.has("captions") ? undefined : story?.captions[captionAt(story.captions, clock.time)]
  }

  // The panel that is to be looked at: the one that a person points to, or the one spoken of while it plays, guided.
  get lit() {
    if (this.pointed) return this.pointed
    return this.clock.playing && this.switches.guided ? this.caption?.panel : undefined
  }

  // What a canvas draws with.
  get ink() {
    const { caption, clock, colours, guess, hidden, labels, layout, locked, run, scale, story, switches, veiled } = this
    const told = layout === "story" ? { story, caption } : {}
    return { ...colours, hidden, labels, scale, ...switches, ...told, guess, locked, run, playing: clock.playing, updates: clock.updates, veiled }
  }

  // The parts of a panel's layout that people have moved.
  viewOf({ name, kind }) {
    return { ...this.views[name], ...(kind.sharesTime ? this.views[TIME] : {}) }
  }

  // Keeps what was moved on a panel, as parts of its layout; returns whether others have to follow.
  keepView({ name, kind }, view) {
    const { xaxis, xaxis2, ...own } = view
    const time = kind.sharesTime ? xaxis && { xaxis, xaxis2: xaxis } : this.views[TIME]
    const isShared = JSON.stringify(time) !== JSON.stringify(this.views[TIME])
    this.set({ views: { ...this.views, [name]: kind.sharesTime ? own : view, [TIME]: time } })
    return isShared
  }

  // Forgets what people have moved, and leaves it so.
  forgetViews() {
    this.set({ views: {} })
    this.holdView()
  }

  // Turns off what moves the view by itself.
  holdView() {
    for (const name of Object.keys(SWITCHES)) if (SWITCHES[name].movesView) this.turn(name, false)
  }

  // What the page decides: the names of what people may not change or see, which the style sheet reads off the player's
  // element, and whether it plays guided.
  prescribe({ locked = [], guided }, root) {
    root.dataset.locked = locked.join(" ")
    if (locked.join() !== [...this.locked].join()) this.set({ locked: new Set(locked) })
    if (typeof guided === "boolean" && guided !== this.prescribed) this.turn("guided", guided)
    this.prescribed = guided
  }

  turn(name, isOn) {
    if (this.switches[name] !== isOn) this.set({ switches: { ...this.switches, [name]: isOn } })
  }

  toggleRun(run) {
    const hidden = new Set(this.hidden)
    if (!hidden.delete(run)) hidden.add(run)
    this.change({ hidden })
  }

  // Shows one of all runs alone, or all again if it is.
  isolateRun(run, runs) {
    const others = runs.filter((other) => other !== run)
    const isAlone = !this.hidden.has(run) && others.every((other) => this.hidden.has(other))
    this.change({ hidden: new Set(isAlone ? [] : others) })
  }

  // Forgets what was chosen about runs that are there no more.
  keepRuns(runs) {
    const hidden = [...this.hidden].filter((run) => runs.includes(run))
    if (hidden.length < this.hidden.size) this.set({ hidden: new Set(hidden) })
  }

  #tick() {
    this.#changed.add("clock")
    this.tell()
  }
}
