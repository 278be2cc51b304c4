// A panel as an image: what is seen, on the page's background.

import { GHOST, haloTraces, scaleFonts, scaleTrace } from "./dress.js"
import { clockOf, isAnimated, runOf } from "./figure.js"
import { withView } from "./kinds.js"
import { plotly } from "./plotly.js"
import { imagesOf } from "./relief.js"

// format: "png" or "svg".
export function saveAsImage({ name, kind, figure, look, size, view }, time, format) {
  const seen = withView(figure.layout, view)
  const spec = {
    data: figure.data.flatMap((trace) => tracesOf(trace, look, time, kind)),
    layout: {
      ...scaleFonts(kind.toScale?.(seen, look) ?? seen, look.scale),
      ...size,
      images: imagesOf(figure),
      showlegend: true,
      font: { family: "Helvetica, Arial, sans-serif" }, // an image cannot load the page's
      paper_bgcolor: look.background,
      margin: { ...figure.layout.margin, r: 24 },
    },
    config: { plotlyServerURL: "" },
  }
  const filename = `sigmascope-${name}-${Math.floor(time)}`
  return plotly().downloadImage(spec, { format, ...size, scale: 2, filename })
}

function tracesOf(trace, look, time, kind) {
  const scaled = scaleTrace(trace, look.scale)
  if (runOf(trace) === undefined) return [scaled]
  if (look.hidden.has(runOf(trace))) return []
  if (!isAnimated(trace)) return [scaled]
  const count = clockOf(trace).findLastIndex((t) => t <= time) + 1
  const ghost = { ...scaled, opacity: GHOST, showlegend: false }
  const elapsed = { ...scaled, ...cut(trace, 0, count), customdata: undefined }
  const halos = [...haloTraces(trace, look), ...haloTraces({ ...trace, ...cut(trace, 0, count) }, look, 1)]
  return [...halos, ghost, elapsed, headOf(elapsed, look, kind)]
}

function headOf(elapsed, look, kind) {
  return {
    ...elapsed,
    ...cut(elapsed, -1),
    mode: "markers",
    marker: {
      color: elapsed.line.color,
      size: 2 * kind.head * look.scale,
      line: { color: look.background, width: kind.rim * look.scale },
    },
    showlegend: false,
  }
}

function cut(trace, from, to) {
  return Object.fromEntries(["x", "y", "z"].filter((name) => trace[name]).map((name) => [name, trace[name].slice(from, to)]))
}

// What a plot shows, as a picture, so many pixels for one of the page's.
export async function pictureOf({ host, size }, scale) {
  const picture = new Image()
  picture.src = await plotly().toImage(host, { format: "png", ...size, scale })
  await picture.decode()
  return picture
}
