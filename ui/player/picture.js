// A panel as an image: what is seen, on the page's background.

import { GHOST, isAnimated, scaleFonts, scaleTrace } from "./dress.js"

export function picture(panel) {
  const { name, figure, plot, player } = panel
  const look = player.look(panel)
  const ranges = Object.keys(figure.layout)
    .filter((key) => /^[xy]axis/.test(key))
    .map((axis) => [axis, { ...figure.layout[axis], range: [...plot._fullLayout[axis].range] }])
  const size = panel.size
  const spec = {
    data: figure.data.flatMap((trace) => tracesOf(trace, look, player.clock.time, panel.isMap)),
    layout: {
      ...scaleFonts({ ...figure.layout, ...Object.fromEntries(ranges) }, look.scale),
      ...size,
      showlegend: true,
      font: { family: "Helvetica, Arial, sans-serif" }, // an image cannot load the page's
      paper_bgcolor: look.background,
      margin: { ...figure.layout.margin, r: 24 },
    },
    config: { plotlyServerURL: "" },
  }
  const filename = `sigmascope-${name}-${Math.floor(player.clock.time)}`
  return globalThis.Plotly.downloadImage(spec, { format: "png", ...size, scale: 2, filename })
}

function tracesOf(trace, look, time, isMap) {
  const scaled = scaleTrace(trace, look.scale)
  if (trace.meta?.run === undefined) return [scaled]
  if (look.hidden.has(trace.meta.run)) return []
  if (!isAnimated(trace)) return [scaled]
  const clock = trace.customdata ?? trace.x
  const count = clock.findLastIndex((t) => t <= time) + 1
  const ghost = { ...scaled, opacity: GHOST, showlegend: false }
  const elapsed = { ...scaled, x: trace.x.slice(0, count), y: trace.y.slice(0, count), customdata: undefined }
  return [ghost, elapsed, headOf(elapsed, look, isMap)]
}

function headOf(elapsed, look, isMap) {
  return {
    ...elapsed,
    x: elapsed.x.slice(-1),
    y: elapsed.y.slice(-1),
    mode: "markers",
    marker: {
      color: elapsed.line.color,
      size: (isMap ? 11 : 7) * look.scale,
      line: { color: look.background, width: (isMap ? 2 : 1) * look.scale },
    },
    showlegend: false,
  }
}
