// The points beside the drawn one that a rule keeps: a ring each, on a thin line; the first, where it takes its gradient,
// has a dot inside.

import { HALO } from "./track.js"

const RADIUS = 4.5 // px
const DOT = 1.75
const FAR = 20000

export function drawGhosts(context, { track, from, parts: { ghosts } }, scales, look) {
  const places = ghosts.map(([x, y]) => ({ x: from.x + x * scales[0], y: from.y + y * scales[1] }))
  for (const [index, place] of places.entries()) {
    if (!(Math.hypot(place.x - from.x, place.y - from.y) < FAR)) continue
    for (const pen of [{ color: look.background, extra: 2 * HALO }, { color: track.color, extra: 0 }]) {
      context.strokeStyle = context.fillStyle = pen.color
      context.lineWidth = (1 + pen.extra) * look.scale
      stroke(context, (path) => path.moveTo(from.x, from.y) ?? path.lineTo(place.x, place.y))
      context.lineWidth = (1.75 + pen.extra) * look.scale
      stroke(context, (path) => path.arc(place.x, place.y, RADIUS * look.scale, 0, 2 * Math.PI))
    }
    if (index > 0) continue
    context.beginPath()
    context.arc(place.x, place.y, DOT * look.scale, 0, 2 * Math.PI)
    context.fill()
  }
}

function stroke(context, draw) {
  context.beginPath()
  draw(context)
  context.stroke()
}
