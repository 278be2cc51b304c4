// Arrows on a canvas, told apart by dash and head.

import { strokeSegment } from "./track.js"

export const ARROWS = {
  g: { width: 1.75, dash: [1.5, 3], head: "hollow" },
  m: { width: 1.75, dash: [6, 3], head: "open" },
  step: { width: 2.5, dash: [], head: "full" },
}

const OPENING = 0.45 // radians, of half a head

// A long arrow is clipped, one without numbers left out.
export function drawArrow(context, from, by, style, look) {
  const length = Math.hypot(by.x, by.y)
  if (!Number.isFinite(length) || length < 1) return
  const to = { x: from.x + by.x, y: from.y + by.y }
  const size = Math.min((style.head === "full" ? 11 : 9) * look.scale, length / 2)
  const toNeck = style.head === "open" ? 1 : Math.max(1 - (size * Math.cos(OPENING)) / length, 0)
  context.lineWidth = style.width * look.scale
  context.setLineDash(style.dash.map((dash) => dash * look.scale))
  strokeSegment(context, from, { x: from.x + by.x * toNeck, y: from.y + by.y * toNeck })
  context.setLineDash([])
  if (length < 1e4) drawHead(context, to, Math.atan2(by.y, by.x), size, style.head)
}

function drawHead(context, { x, y }, angle, size, head) {
  const side = (turn) => [x - size * Math.cos(angle + turn), y - size * Math.sin(angle + turn)]
  context.beginPath()
  context.moveTo(...side(OPENING))
  context.lineTo(x, y)
  context.lineTo(...side(-OPENING))
  if (head !== "open") context.closePath()
  if (head === "full") context.fill()
  context.stroke()
}
