// Moves the map's window after the paths, a glide at a time; Plotly draws it anew where a glide ends.

import { boxAround, nextWindow } from "./window.js"

const GLIDE = 400 // ms
const AXES = ["xaxis", "yaxis"]

const still = globalThis.matchMedia("(prefers-reduced-motion: reduce)")

export class Camera {
  constructor(player) {
    this.player = player
    this.moving = false
    this.arriving = false // while Plotly draws the window that a move ends in
  }

  // Begins a move if the window no longer serves.
  look(panel) {
    const layout = panel.plot._fullLayout
    const { switches, hidden, clock } = this.player
    if (!switches.follow || this.moving || !layout?.xaxis) return
    const whole = AXES.map((name) => panel.figure.layout[name].range)
    const tracks = panel.overlay.tracks.filter((track) => !hidden.has(track.run))
    const box = boxAround(tracks, clock.time, clock.updates, whole)
    const to = box && nextWindow(box, AXES.map((name) => layout[name].range.map(Number)), whole)
    if (to) this.#move(panel, to)
  }

  async #move(panel, to) {
    this.moving = true
    this.player.view[panel.name] = Object.fromEntries(AXES.map((name, axis) => [name, { range: to[axis] }]))
    const arrived = still.matches || (await glide(panel, to))
    this.arriving = arrived
    if (arrived) await globalThis.Plotly.relayout(panel.plot, { "xaxis.range": to[0], "yaxis.range": to[1] })
    this.arriving = false
    this.moving = false
    this.look(panel)
  }
}

// Resolves to whether it came to its end, and nothing else was drawn meanwhile.
function glide(panel, to) {
  const layout = panel.plot._fullLayout
  const from = AXES.map((name) => layout[name].range.map(Number))
  const layer = new Layer(layout)
  const begin = performance.now()
  return new Promise((resolve) => {
    let set = AXES.map((name) => layout[name].range)
    const frame = () => {
      const now = panel.plot._fullLayout
      const share = Math.min((performance.now() - begin) / GLIDE, 1)
      const same = now === layout && AXES.every((name, axis) => layout[name].range === set[axis])
      const undisturbed = same && panel.player.switches.follow
      if (!undisturbed || share === 1) {
        if (now) new Layer(now).reset()
        return resolve(undisturbed)
      }
      set = between(from, to, ease(share))
      AXES.forEach((name, axis) => (layout[name].range = set[axis]))
      layer.show(from, set)
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

// Plotly's layer of traces, moved as a picture.
class Layer {
  constructor(layout) {
    const { plot, clipRect } = layout._plots.xy
    this.axes = AXES.map((name) => layout[name])
    this.plot = plot.node()
    this.clip = clipRect.node()
    this.place = `translate(${this.axes.map((axis) => axis._offset).join()})`
  }

  show(from, to) {
    const scale = from.map(([low, high], axis) => (high - low) / (to[axis][1] - to[axis][0]))
    const [x, y] = [(from[0][0] - to[0][0]) / (to[0][1] - to[0][0]), (to[1][1] - from[1][1]) / (to[1][1] - to[1][0])]
    const shift = [x * this.axes[0]._length, y * this.axes[1]._length]
    this.plot.setAttribute("transform", `${this.place} translate(${shift.join()}) scale(${scale.join()})`)
    this.#cut(shift.map((pixels, axis) => -pixels / scale[axis]), scale)
  }

  reset() {
    this.plot.setAttribute("transform", this.place)
    this.#cut([0, 0], [1, 1])
  }

  #cut([x, y], scale) {
    const [width, height] = this.axes.map((axis, i) => axis._length / scale[i])
    for (const [name, value] of Object.entries({ x, y, width, height })) this.clip.setAttribute(name, value)
  }
}
