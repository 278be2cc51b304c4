// The bar below the map: buttons, scrub, speed, readout and the list of keys.

import { SPEEDS } from "./clock.js"
import { ICONS } from "./icons.js"

const RHYTHM = 80 // ms: while it plays, scrub and readout follow less often than the canvases, which cost no layout

export class Transport {
  // switches: what is shown, or not, by name.
  constructor(clock, switches, onSwitch, onPresent) {
    this.clock = clock
    this.switches = switches
    this.onSwitch = onSwitch
    this.onPresent = onPresent
    this.bar = element("div", { className: "sigmascope-transport" })
  }

  setLabels(labels) {
    this.labels = labels
    this.shown = {}
    const { clock } = this
    this.play = button("play", labels.play, () => clock.toggle())
    this.scrub = element("input", { type: "range", min: 0, step: 1, ariaLabel: labels.scrub, className: "sigmascope-scrub" })
    this.scrub.addEventListener("input", () => clock.seek(Number(this.scrub.value)))
    this.speed = speedMenu(labels, (speed) => clock.changeSpeed(SPEEDS.indexOf(speed) - SPEEDS.indexOf(clock.speed)))
    this.readout = element("output", { className: "sigmascope-readout", ariaLive: "off" })
    const labelled = { reach: labels.reach, follow: labels.follow }
    this.switchButtons = Object.keys(this.switches).map((name) => [name, button(name, labelled[name], () => this.onSwitch(name))])
    this.bar.replaceChildren(
      element("div", { className: "sigmascope-buttons" }, [
        button("restart", labels.restart, () => clock.seek(0)),
        button("back", labels.back, () => clock.step(-1)),
        this.play,
        button("forward", labels.forward, () => clock.step(1)),
      ]),
      this.scrub,
      this.readout,
      element("div", { className: "sigmascope-switches" }, this.switchButtons.map(([, made]) => made)),
      element("div", { className: "sigmascope-extras" }, [
        this.speed,
        help(labels),
        ...(document.fullscreenEnabled ? [button("present", labels.present, this.onPresent)] : []),
      ]),
    )
  }

  show() {
    const { clock, shown, labels } = this
    const update = Math.floor(clock.time)
    const isDue = !clock.playing || !shown.playing || performance.now() - shown.at >= RHYTHM
    if (!isDue) return
    if (shown.updates !== clock.updates) this.scrub.max = clock.updates
    if (shown.update !== update || shown.updates !== clock.updates) {
      const text = labels.readout.replace("{t}", update).replace("{updates}", clock.updates)
      this.scrub.value = update
      this.scrub.ariaValueText = this.readout.textContent = text
      this.scrub.style.setProperty("--share", clock.updates ? update / clock.updates : 0)
    }
    if (shown.playing !== clock.playing) {
      if (clock.playing) dressButton(this.play, "pause", labels.pause)
      else dressButton(this.play, "play", labels.play)
    }
    for (const [name, made] of this.switchButtons) {
      const pressed = String(this.switches[name])
      if (made.ariaPressed !== pressed) made.ariaPressed = pressed
    }
    if (shown.speed !== clock.speed) this.speed.value = String(clock.speed)
    this.shown = { at: performance.now(), update, updates: clock.updates, playing: clock.playing, speed: clock.speed }
  }
}

export function element(tag, properties = {}, children = []) {
  const made = Object.assign(document.createElement(tag), properties)
  made.append(...children)
  return made
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
  const options = SPEEDS.map((speed) => element("option", { value: String(speed), textContent: `${speed}×` }))
  const menu = element("select", { className: "sigmascope-speed", title: labels.speed, ariaLabel: labels.speed }, options)
  menu.addEventListener("change", () => onChange(Number(menu.value)))
  return menu
}

function help(labels) {
  const rows = [
    [`${labels.space}, K`, labels.key_play],
    ["← →", labels.key_step],
    ["Shift ← →", labels.key_leap],
    ["Home, End", labels.key_ends],
    ["[ ]", labels.key_speed],
    ["V", labels.reach],
    ["F", labels.follow],
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
