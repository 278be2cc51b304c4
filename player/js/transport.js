// The bar below the main panel: buttons, scrub, speed, readout and the list of keys.

import { SPEEDS } from "./clock.js"
import { element } from "./element.js"
import { ICONS } from "./icons.js"
import { Marks } from "./marks.js"
import { Scrub } from "./scrub.js"
import { SWITCHES } from "./switches.js"

const RHYTHM = 1000 // ms: while it plays, what assistive technology reads follows what is painted this often

export class Transport {
  constructor(state, intents) {
    this.state = state
    this.intents = intents
    this.scrub = new Scrub(state.clock, (update) => this.#read(update))
    this.marks = new Marks(state, intents)
    this.marks.attach(this.scrub.host)
    this.scrub.onFit = (offset, length) => this.marks.fit(offset, length)
    this.bar = element("div", { className: "sigmascope-transport" })
  }

  // Writes all of it, in the words of the state.
  write() {
    this.shown = {}
    const { intents, state: { clock, labels } } = this
    this.play = button("play", labels.play, () => clock.toggle())
    this.scrub.setLabel(labels.scrub)
    this.speed = speedMenu(labels, (speed) => clock.changeSpeed(SPEEDS.indexOf(speed) - SPEEDS.indexOf(clock.speed)))
    this.switchButtons = Object.entries(SWITCHES).map(([name, { label }]) => {
      return [name, button(name, label(labels), () => intents.switch(name))]
    })
    const present = document.fullscreenEnabled ? [button("present", labels.present, intents.present)] : []
    const switches = element("div", { className: "sigmascope-switches" }, this.switchButtons.map(([, made]) => made))
    this.parts = {
      updates: [
        button("restart", labels.restart, () => clock.seek(0)),
        button("back", labels.back, () => clock.step(-1)),
        this.play,
        button("forward", labels.forward, () => clock.step(1)),
      ],
      events: [
        button("previous", labels.previous, () => intents.leap(-1)),
        this.play,
        button("next", labels.next, () => intents.leap(1)),
      ],
      switches,
      extras: [this.speed, help(labels)],
      present,
    }
    this.arrange()
  }

  // Puts the parts in the order of the layout.
  arrange() {
    const { parts: { updates, events, switches, extras, present }, state: { labels, layout } } = this
    this.switchButtons.forEach(([name, made]) => (made.hidden = (SWITCHES[name].layout ?? layout) !== layout))
    const box = (name, children) => element("div", { className: `sigmascope-${name}` }, children)
    this.laidOut = layout
    if (layout === "full") {
      this.bar.replaceChildren(
        box("buttons", updates), this.scrub.host, switches, box("extras", [...extras, ...present]),
      )
    } else {
      this.bar.replaceChildren(
        box("buttons", events), this.scrub.host, box("extras", [options(labels, [switches, ...extras]), ...present]),
      )
    }
  }

  show() {
    const { shown, state: { clock, colours, labels, layout, switches } } = this
    if (layout !== this.laidOut) this.arrange()
    this.marks.show()
    this.scrub.paint(colours)
    const isDue = !clock.playing || !shown.playing || performance.now() - shown.toldAt >= RHYTHM
    if (isDue) this.scrub.tell()
    if (shown.playing !== clock.playing) {
      if (clock.playing) dressButton(this.play, "pause", labels.pause)
      else dressButton(this.play, "play", labels.play)
    }
    for (const [name, made] of this.switchButtons) {
      const pressed = String(switches[name])
      if (made.ariaPressed !== pressed) made.ariaPressed = pressed
    }
    if (shown.speed !== clock.speed) this.speed.value = String(clock.speed)
    this.shown = { toldAt: isDue ? performance.now() : shown.toldAt, playing: clock.playing, speed: clock.speed }
  }

  #read(update) {
    const { clock, labels } = this.state
    return labels.readout.replace("{t}", update).replace("{updates}", clock.updates)
  }
}

function button(icon, label, onClick) {
  const made = element("button", { type: "button", className: `sigmascope-button sigmascope-${icon}` })
  made.addEventListener("click", onClick)
  dressButton(made, icon, label)
  return made
}

function dressButton(made, icon, label) {
  made.innerHTML = ICONS[icon]
  made.title = made.ariaLabel = label
}

function speedMenu(labels, onChange) {
  const options = SPEEDS.map((speed) => element("option", { value: String(speed), textContent: speed < 0.25 ? `1/${1 / speed}×` : `${speed}×` }))
  const menu = element("select", { className: "sigmascope-speed", title: labels.speed, ariaLabel: labels.speed }, options)
  menu.addEventListener("change", () => onChange(Number(menu.value)))
  return menu
}

// What is needed less often, behind one button.
function options(labels, children) {
  return element("details", { className: "sigmascope-options" }, [
    element("summary", {
      className: "sigmascope-button", title: labels.options, ariaLabel: labels.options, innerHTML: ICONS.options,
    }),
    element("div", {}, children),
  ])
}

function help(labels) {
  const rows = [
    [`${labels.space}, K`, labels.key_play],
    ["← →", labels.key_step],
    ["Shift ← →", labels.key_leap],
    ["Home, End", labels.key_ends],
    ["[ ]", labels.key_speed],
    ...Object.values(SWITCHES).map(({ key, label }) => [key.toUpperCase(), label(labels)]),
    ["PageUp, PageDown", labels.key_events],
    ["O", labels.key_loop],
    ["B", labels.key_blank],
    ["L", labels.key_pointer],
    ["N", labels.notes],
    [labels.key_pick, labels.pick],
    [labels.key_surface, labels.turn],
  ]
  return element("details", { className: "sigmascope-help" }, [
    element("summary", { className: "sigmascope-button", title: labels.help, ariaLabel: labels.help, textContent: "?" }),
    element("dl", {}, rows.flatMap(([key, does]) => [
      element("dt", { textContent: key }),
      element("dd", { textContent: does }),
    ])),
  ])
}
