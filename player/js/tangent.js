// Of a loss in x alone, at a run's point: the tangent, which says where down is, and the parabola as curved as the loss
// there, to whose lowest point a step of Newton's leads.

import { perUnit } from "./axis.js"
import { HALO } from "./track.js"

const POINTS = 64
const DASHES = { tangent: [], parabola: [2, 4] } // px

export function drawTangent(context, { track, from, parts: { tangent } }, [xAxis, yAxis], look) {
  if (!tangent?.every(Number.isFinite)) return
  const [slope, curvature] = tangent
  const [across, up] = [perUnit(xAxis), perUnit(yAxis)]
  const height = (bend) => (x) => {
    const away = (x - from.x) / across
    return from.y + (slope * away + (bend * away * away) / 2) * up
  }
  const places = Array.from({ length: POINTS + 1 }, (_, i) => xAxis.offset + (i / POINTS) * xAxis.length)
  for (const [name, bend] of [["tangent", 0], ["parabola", curvature]]) {
    for (const pen of [{ color: look.background, extra: 2 * HALO, dash: [] }, { color: track.color, extra: 0, dash: DASHES[name] }]) {
      context.strokeStyle = pen.color
      context.lineWidth = (1.25 + pen.extra) * look.scale
      context.setLineDash(pen.dash.map((length) => length * look.scale))
      trace(context, places, height(bend))
    }
  }
  context.setLineDash([])
}

function trace(context, places, height) {
  context.beginPath()
  for (const x of places) context.lineTo(x, height(x))
  context.stroke()
}
