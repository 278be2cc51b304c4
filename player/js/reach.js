// The reach on the map: at each run's point the ellipse of its update, and the arrows of step, direction and gradient.

import { ARROWS, drawArrow } from "./arrow.js"
import { isInside, perUnit } from "./axis.js"
import { drawGhosts } from "./ghosts.js"
import { Key } from "./key.js"
import { countOf, magnification, updateAt, writeFactor } from "./one_update.js"
import { drawTangent } from "./tangent.js"

const HALO = 3 // px of background around a line
const FAR = 20000 // px
const SEEN = 14 // px
const CALM = 0.03 // of a run: while it plays, the largest of so many updates decides the magnification

export class Reach {
  constructor() {
    this.factor = 1
    this.key = new Key()
  }

  // Draws the reach of the runs in sight, all of it magnified by one factor.
  draw(context, tracks, time, [xAxis, yAxis], look) {
    const isShown = look.reach && tracks.some(({ update }) => update)
    const isCurve = tracks.some(({ update }) => update?.tangent) // which has no angles to skew
    this.key.show(isShown, xAxis, isCurve ? { ...look, equal: true } : look)
    const scales = [perUnit(xAxis), perUnit(yAxis)]
    const moments = tracks.filter((track) => isMoving(track, time)).map(momentOf)
      .filter(({ from }) => isInside(from.x, from.y, [xAxis, yAxis]))
    if (look.veiled) return
    for (const moment of moments) drawTangent(context, moment, [xAxis, yAxis], look)
    for (const moment of moments) drawGhosts(context, moment, scales, look)
    if (!isShown) return moments.forEach((moment) => drawStep(context, moment, scales, look))
    const room = Math.min(xAxis.length, yAxis.length)
    const calm = look.playing ? CALM * look.updates : 0
    const sizes = moments.map(({ track, row }) => largest(track, row, calm, scales))
    this.factor = magnification(Math.max(0, ...sizes.filter(Number.isFinite)), room, this.factor)
    for (const moment of moments) this.#drawMoment(context, moment, scales, look)
    if (moments.length === 1) this.#label(context, moments[0], scales, look)
    this.key.write(this.factor)
  }

  #drawMoment(context, { track, from, parts }, scales, look) {
    const sides = sidesOf(parts, scales).map(([x, y]) => [x * this.factor, y * this.factor])
    for (const pen of [haloOf(look), { color: track.color, extra: 0 }]) {
      context.strokeStyle = context.fillStyle = pen.color
      if (Math.max(...sides.flat().map(Math.abs)) < FAR) drawEllipse(context, from, sides, (1.25 + pen.extra) * look.scale)
      for (const [name, style] of Object.entries(ARROWS)) {
        const wide = { ...style, width: style.width + pen.extra, dash: pen.extra ? [] : style.dash }
        drawArrow(context, from, this.#inPixels(parts[name], scales), wide, look)
      }
    }
  }

  #inPixels([x, y], scales) {
    return { x: x * scales[0] * this.factor, y: y * scales[1] * this.factor }
  }

  // Names at the tips; those of arrows that end at one place stand together.
  #label(context, { track, from, parts }, scales, look) {
    const places = []
    for (const name of ["step", "m", "g"]) {
      const by = this.#inPixels(parts[name], scales)
      const length = Math.hypot(by.x, by.y)
      if (!(length > 14) || length > FAR) continue
      const tip = { x: from.x + by.x * (1 + 12 / length), y: from.y + by.y * (1 + 12 / length) }
      const near = places.find((place) => Math.abs(place.tip.x - tip.x) < 36 && Math.abs(place.tip.y - tip.y) < 15)
      if (near) near.names.push(name)
      else places.push({ tip, names: [name] })
    }
    const ahead = parts.step[1] * scales[1] > 0 ? -1 : 1
    const height = Math.hypot(...sidesOf(parts, scales).map(([, y]) => y * this.factor))
    const edge = { x: from.x, y: from.y + ahead * (height + 11) }
    if (this.factor !== 1) write(context, writeFactor(this.factor), edge, track.color, look)
    const words = { step: look.labels.reach_step, m: "m", g: "g" }
    for (const { tip, names } of places) write(context, names.map((name) => words[name]).join(", "), tip, track.color, look)
  }
}

// The step alone, at its true length, wherever that can be seen.
function drawStep(context, { from, parts: { step } }, scales, look) {
  const by = { x: step[0] * scales[0], y: step[1] * scales[1] }
  if (!(Math.hypot(by.x, by.y) >= SEEN * look.scale)) return
  for (const pen of [haloOf(look), { color: look.text, extra: 0 }]) {
    context.strokeStyle = context.fillStyle = pen.color
    drawArrow(context, from, by, { ...ARROWS.step, width: ARROWS.step.width + pen.extra }, look)
  }
}

function isMoving(track, time) {
  return track.update && countOf(track.update) > 0 && track.passed >= 0 && time <= track.clock[track.length - 1]
}

function momentOf(track) {
  const { row, ...parts } = updateAt(track.update, Math.max(track.passed, 0))
  return { track, row, from: { x: track.px[row], y: track.py[row] }, parts }
}

// The larger diameter of the ellipse in px, the largest of the updates of the last moments.
function largest(track, row, calm, scales) {
  let size = 0
  for (let at = row; at >= 0 && track.clock[at] >= track.clock[row] - calm; at--) {
    const here = 2 * Math.max(...sidesOf(updateAt(track.update, at), scales).map(([x, y]) => Math.hypot(x, y)))
    if (here > size) size = here
  }
  return size
}

function haloOf(look) {
  return { color: look.background, extra: HALO * look.scale }
}

// The two half axes of the ellipse of an update in px. Turned ones are no axes any more where a unit is not as long across
// as up, but still span the ellipse.
function sidesOf({ angle, radii: [first, second] }, [x, y]) {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return [[first * cos * x, first * sin * y], [-second * sin * x, second * cos * y]]
}

function drawEllipse(context, { x, y }, sides, width) {
  const { radii, rotation } = ellipseOf(sides)
  context.beginPath()
  context.lineWidth = width
  context.ellipse(x, y, ...radii, rotation, 0, 2 * Math.PI)
  context.stroke()
}

// The radii and the angle of the ellipse that two sides span: the singular values of the matrix they are the columns of.
function ellipseOf([[a, b], [c, d]]) {
  if (b === 0 && c === 0) return { radii: [Math.abs(a), Math.abs(d)], rotation: 0 }
  const [sum, difference] = [Math.hypot(a + d, b - c) / 2, Math.hypot(a - d, b + c) / 2]
  const rotation = (Math.atan2(b - c, a + d) + Math.atan2(b + c, a - d)) / 2
  return { radii: [sum + difference, Math.abs(sum - difference)], rotation }
}

function write(context, text, { x, y }, color, look) {
  context.font = `600 ${13 * look.scale}px "Source Sans", sans-serif`
  context.textAlign = "center"
  context.textBaseline = "middle"
  context.lineWidth = HALO * look.scale
  context.strokeStyle = look.background
  context.fillStyle = color
  context.strokeText(text, x, y)
  context.fillText(text, x, y)
}
