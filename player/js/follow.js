// Moves the window of a figure after its paths, a glide at a time; Plotly draws it anew where a glide ends.

import { MAIN_AXES } from "./plotly.js"
import { boxAround, nextWindow } from "./window.js"

const GLIDE = 400 // ms

const still = globalThis.matchMedia("(prefers-reduced-motion: reduce)")

export class Follow {
  constructor(state, intents) {
    this.state = state
    this.intents = intents
    this.moving = false
    this.arriving = false // while Plotly draws the window that a move ends in
  }

  // Begins a move if the window no longer serves.
  look(panel) {
    const { switches, hidden, clock } = this.state
    if (!switches.follow || this.moving || !panel.plot.axes()) return
    const whole = MAIN_AXES.map((name) => panel.whole[name].range)
    const tracks = panel.overlay.tracks.filter((track) => !hidden.has(track.run))
    const box = boxAround(tracks, clock.time, clock.updates, whole)
    const to = box && nextWindow(box, MAIN_AXES.map((name) => panel.plot.range(name)), whole)
    if (to) this.#move(panel, to)
  }

  async #move(panel, to) {
    this.moving = true
    const view = Object.fromEntries(MAIN_AXES.map((name, axis) => [name, { range: to[axis] }]))
    this.intents.lookAt(panel, view)
    const arrived = still.matches || (await glide(panel, to, () => this.state.switches.follow))
    this.arriving = arrived
    if (arrived) await panel.plot.change({ "xaxis.range": to[0], "yaxis.range": to[1] })
    this.arriving = false
    this.moving = false
    this.look(panel)
  }
}

// Resolves to whether it came to its end, and nothing else was drawn meanwhile.
function glide(panel, to, isWanted) {
  const moving = panel.plot.glide()
  const begin = performance.now()
  return new Promise((resolve) => {
    const frame = () => {
      const share = Math.min((performance.now() - begin) / GLIDE, 1)
      const undisturbed = moving.isAlone && isWanted()
      if (!undisturbed || share === 1) {
        moving.end()
        return resolve(undisturbed)
      }
      moving.show(between(moving.from, to, ease(share)))
      panel.overlay.stale = true
      panel.draw()
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
}

// Zooms by equal factors in equal times, towards the point that both windows have in the same place.
function between(from, to, share) {
  return from.map(([low, high], axis) => {
    const zoom = (to[axis][1] - to[axis][0]) / (high - low)
    const part = Math.abs(zoom - 1) < 1e-6 ? share : (zoom ** share - 1) / (zoom - 1)
    return [low + part * (to[axis][0] - low), high + part * (to[axis][1] - high)]
  })
}

function ease(share) {
  return share * share * (3 - 2 * share)
}
