// A panel as an image: what is seen, on the page's background.

import { GHOST, haloTraces, scaleFonts, scaleTrace } from "./dress.js"
import { bandTraces } from "./bands.js"
import { clockOf, isAnimated, runOf, tilesOf } from "./figure.js"
import { withView } from "./kinds.js"
import { plotly } from "./plotly.js"
import { imagesOf } from "./relief.js"
import { tilesPicture } from "./tiles.js"

// format: "png" or "svg".
export function saveAsImage(panel, time, format) {
  const filename = `sigmascope-${panel.name}-${Math.floor(time)}`
  return plotly().downloadImage(imageSpec(panel, time), { format, ...panel.size, scale: 2, filename })
}

// What a panel shows at a time, for Plotly to draw elsewhere.
export function imageSpec({ kind, figure, look, size, view }, time) {
  const seen = withView(figure.layout, view)
  return {
    data: figure.data.flatMap((trace) => tracesOf(trace, look, time, kind)),
    layout: {
      ...scaleFonts(kind.toScale?.(seen, look) ?? seen, look.scale),
      ...size,
      images: [...imagesOf(figure), ...tileImages(figure, look, size, time)],
      showlegend: !figure.data.some(tilesOf),
      font: { family: "Helvetica, Arial, sans-serif" }, // an image cannot load the page's
      paper_bgcolor: look.background,
      margin: { ...figure.layout.margin, r: 24 },
    },
    config: { plotlyServerURL: "" },
  }
}

function tracesOf(trace, look, time, kind) {
  const scaled = scaleTrace(trace, look.scale)
  if (runOf(trace) === undefined) return [{ ...scaled, showlegend: false }]
  if (look.hidden.has(runOf(trace))) return []
  if (!isAnimated(trace)) return [scaled]
  if (tilesOf(trace)) return []
  const count = clockOf(trace).findLastIndex((t) => t <= time) + 1
  const ghost = { ...scaled, opacity: GHOST, showlegend: false }
  const elapsed = { ...scaled, ...cut(trace, 0, count), customdata: undefined }
  const halos = [...haloTraces(trace, look), ...haloTraces({ ...trace, ...cut(trace, 0, count) }, look, 1)]
  return [...bandTraces(scaled, count), ...halos, ghost, elapsed, headOf(elapsed, look, kind)]
}

// What a figure of small pictures shows, over all of it.
function tileImages(figure, look, size, time) {
  if (!figure.data.some(tilesOf)) return []
  const over = { xref: "paper", yref: "paper", x: 0, y: 1, sizex: 1, sizey: 1, sizing: "stretch" }
  return [{ source: tilesPicture(figure, size, time, look), ...over }]
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

// How panels stand on the page: { width, height, places }, each place { x, y, width, height } from their common corner.
export function standing(panels) {
  const boxes = panels.map(({ plot }) => plot.host.getBoundingClientRect())
  const [left, top] = ["left", "top"].map((side) => Math.min(...boxes.map((box) => box[side])))
  const [right, bottom] = ["right", "bottom"].map((side) => Math.max(...boxes.map((box) => box[side])))
  const places = boxes.map((box) => ({ x: box.left - left, y: box.top - top, width: box.width, height: box.height }))
  return { width: right - left, height: bottom - top, places }
}

// What a plot shows, as a picture, so many pixels for one of the page's.
export async function pictureOf({ host, size }, scale) {
  const picture = new Image()
  picture.src = await plotly().toImage(host, { format: "png", ...size, scale })
  await picture.decode()
  return picture
}
