// A curve with bands around it: how far apart many values lie whose middle it is. A band is shown as far as time has come.

import { toPixels } from "./axis.js"
import { bandsOf } from "./figure.js"
import { Track } from "./track.js"

export const FAINT = 0.13 // of the outermost band; each further in lies over it

export class BandTrack extends Track {
  constructor(trace) {
    super(trace)
    this.bands = bandsOf(trace)
  }

  locate(plot) {
    super.locate(plot)
    const yAxis = this.axesIn(plot)[1]
    this.sides = this.bands.map((sides) => sides.map((values) => toPixels(values, yAxis)))
  }

  // Below the curve, up to the last point passed.
  shade(context) {
    context.fillStyle = this.color
    context.globalAlpha = FAINT
    for (const [low, high] of this.sides) {
      context.beginPath()
      for (let i = 0; i <= this.passed; i++) line(context, this.px[i], high[i])
      for (let i = this.passed; i >= 0; i--) line(context, this.px[i], low[i])
      context.fill()
    }
    context.globalAlpha = 1
  }
}

function line(context, x, y) {
  if (Number.isFinite(x + y)) context.lineTo(x, y)
}

// The same, for Plotly to draw elsewhere: of the first `count` points.
export function bandTraces(trace, count) {
  const x = Array.from(trace.x.slice(0, count))
  return (bandsOf(trace) ?? []).map(([low, high]) => ({
    ...trace,
    x: [...x, ...x.toReversed()],
    y: [...high.slice(0, count), ...Array.from(low.slice(0, count)).toReversed()],
    customdata: undefined,
    fill: "toself",
    fillcolor: trace.line.color,
    line: { width: 0 },
    opacity: FAINT,
    showlegend: false,
    hoverinfo: "skip",
  }))
}
