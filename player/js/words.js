// Words on the map at the things they name: the runs at their points, the start, the lowest loss. One yields to another
// that is there.

import { isInside, toPixel } from "./axis.js"

const SIZE = 14 // px
const HALO = 4
const AWAY = 12 // px from what is named

export function writeWords(context, tracks, time, axes, look) {
  const { names, lowest, start } = look.story
  context.font = `600 ${SIZE * look.scale}px "Source Sans", sans-serif`
  context.textBaseline = "middle"
  context.lineJoin = "round"
  const taken = tracks.map((track) => around(headOf(track, time), 8 * look.scale)).filter(Boolean)
  for (const track of tracks) {
    write(context, names[track.run], headOf(track, time), track.color, taken, axes, look)
  }
  if (lowest) write(context, look.labels.lowest, placeOf(lowest, axes), look.text, taken, axes, look)
  if (!start || look.moved || time > 0 || look.locked.has("start")) return
  write(context, look.labels.drag_me, placeOf(start, axes), look.text, taken, axes, look)
}

function headOf(track, time) {
  return track.passed < 0 ? null : track.headAt(time)
}

function placeOf([x, y], [xAxis, yAxis]) {
  return { x: toPixel(x, xAxis), y: toPixel(y, yAxis) }
}

function around(point, reach) {
  return point && { left: point.x - reach, right: point.x + reach, top: point.y - reach, bottom: point.y + reach }
}

// To the right of its place, or to the left, above or below, wherever there is room; nowhere if there is none.
function write(context, text, at, colour, taken, axes, look) {
  if (!at || !isInside(at.x, at.y, axes)) return
  const [away, height] = [AWAY * look.scale, 1.2 * SIZE * look.scale]
  const width = context.measureText(text).width
  const places = [
    [at.x + away, at.y - away / 2],
    [at.x - away - width, at.y - away / 2],
    [at.x - width / 2, at.y - away - height / 2],
    [at.x - width / 2, at.y + away + height / 2],
    [at.x + away, at.y + away + height / 2],
  ]
  const box = ([left, middle]) => ({ left, right: left + width, top: middle - height / 2, bottom: middle + height / 2 })
  const free = places.find((place) => isFree(box(place), taken, axes))
  if (!free) return
  taken.push(box(free))
  context.textAlign = "left"
  context.lineWidth = HALO * look.scale
  context.strokeStyle = look.background
  context.fillStyle = colour
  context.strokeText(text, ...free)
  context.fillText(text, ...free)
}

function isFree({ left, right, top, bottom }, taken, [xAxis, yAxis]) {
  const inside = left >= xAxis.offset && right <= xAxis.offset + xAxis.length
    && top >= yAxis.offset && bottom <= yAxis.offset + yAxis.length
  return inside && taken.every((other) => {
    return right < other.left || left > other.right || bottom < other.top || top > other.bottom
  })
}
