// A figure as Plotly shows it below the canvas: faint ghosts of whole runs, and a legend in full colour.

import { forPlotly, isAnimated, isStart, resting, runOf, shortTitlesOf } from "./figure.js"
import { withView } from "./kinds.js"
import { imagesOf } from "./relief.js"
import { HALO } from "./track.js"

export const GHOST = 0.28
const NARROW = 440 // px: fewer numbers fit along an axis

export function dress(figure, look) {
  const data = figure.data.flatMap((trace) => [...haloTraces(trace, look), dressTrace(trace, look)])
  if (look.kind.legend) data.push(...legendTraces(figure, look))
  const layout = shortTitlesOf(figure) ? withTitles(figure, look) : figure.layout
  return { data, layout: { ...dressLayout(layout, look), images: imagesOf(figure) } }
}

// With few panels: no more than is needed around the axes; one clock below all curves.
function compact({ margin, ...layout }, { kind, scale, untitled }) {
  if (kind.hasCells) return {}
  if (!kind.sharesTime) return { margin: { ...margin, t: 4, l: 40 } }
  const bare = (axis) => ({ ...axis, showticklabels: !untitled, title: undefined })
  const axes = Object.entries(layout).filter(([key]) => /^[xy]axis/.test(key))
  const dressed = axes.map(([key, axis]) => [key, key[0] === "x" ? bare(axis) : byDecades(axis)])
  return { margin: { ...margin, t: 26 * scale, b: untitled ? 12 * scale - 4 : 18 * scale }, ...Object.fromEntries(dressed) }
}

// Powers of ten are numbers enough where two of them are in sight.
function byDecades(axis) {
  const decades = axis.type === "log" ? axis.range[1] - axis.range[0] : 0
  return decades < 1.25 ? axis : { ...axis, dtick: Math.ceil(decades / MOST_DECADES) }
}

const MOST_DECADES = 3 // between the powers of ten that are written
const LARGE = [0, 0.66]
const SMALL = [0.78, 1]
const [LETTER, SIGN] = [7.2, 14] // px that one is wide, and a Chinese one

// The titles of the two axes of one quantity; beside each other on a narrow page, the second one is short.
function withTitles(figure, look) {
  if (look.layout === "story") return withLead(figure, look)
  const { layout } = figure
  if (look.size.width >= NARROW) return layout
  const [first, second] = layout.annotations
  return { ...layout, annotations: [first, { ...second, text: shortTitlesOf(figure)[1], x: 1, xanchor: "right" }] }
}

// Of the two axes of one quantity, the leading one large and first, the other small beside it; its title stands on its
// own panel where there is no room for it beside the large one's.
function withLead(figure, { lead, scale, size }) {
  const { layout } = figure
  const places = [LARGE, SMALL]
  if (lead === 1) places.reverse()
  const letters = [...layout.annotations[lead].text.replace(/<.*?>/g, "")]
  const long = letters.reduce((sum, letter) => sum + (letter > "\u2e80" ? SIGN : LETTER), 0)
  const isLong = long * scale > SMALL[0] * size.width
  const own = isLong ? { x: 1, xanchor: "right", yanchor: "top", yshift: 0 } : { x: SMALL[0] }
  const annotations = layout.annotations.map((title, axis) => {
    return axis === lead ? { ...title, x: LARGE[0] } : { ...title, ...own, text: shortTitlesOf(figure)[axis] }
  })
  const [x, x2] = [layout.xaxis, layout.xaxis2].map((axis, i) => ({ ...axis, domain: places[i] }))
  return { ...layout, annotations, xaxis: x, xaxis2: lead === 1 ? { ...x2 } : { ...x2, nticks: 3 } }
}

// Every font of a layout, and the sizes of lines and markers, grow with the width of the player.
export function scaleFonts(layout, scale) {
  if (scale === 1 || layout === null || typeof layout !== "object") return layout
  if (Array.isArray(layout)) return layout.map((item) => scaleFonts(item, scale))
  const grown = ([key, value]) => {
    if (!/font$/.test(key) || value.size === undefined) return [key, scaleFonts(value, scale)]
    return [key, { ...value, size: value.size * scale }]
  }
  return Object.fromEntries(Object.entries(layout).map(grown))
}

export function scaleTrace(trace, scale) {
  const scaled = { ...trace }
  if (trace.type.startsWith("scatter") && trace.line) scaled.line = { ...trace.line, width: trace.line.width * scale }
  if (trace.marker) scaled.marker = { ...trace.marker, size: times(trace.marker.size, scale) }
  if (trace.textfont) scaled.textfont = { ...trace.textfont, size: trace.textfont.size * scale }
  return scaled
}

function times(size, scale) {
  return Array.isArray(size) ? size.map((value) => value * scale) : size * scale
}

function dressTrace(trace, look) {
  const dressed = { ...scaleTrace(forPlotly(trace), look.scale), showlegend: false }
  if (runOf(trace) !== undefined) dressed.visible = !look.hidden.has(runOf(trace))
  if (isStart(trace)) dressed.visible = false // the handle shows it
  if (isAnimated(trace)) dressed.opacity = look.kind.hasCells ? 0 : GHOST
  return dressed
}

// Below a path that Plotly draws, where it can: WebGL's lines have no order.
export function haloTraces(trace, look, opacity = GHOST) {
  if (!look.kind.halo || look.kind.hasCells || !isAnimated(trace) || trace.z) return []
  const line = { color: look.background, width: (trace.line.width + 2 * HALO) * look.scale }
  const { x, y, type, mode } = trace
  const visible = !look.hidden.has(runOf(trace))
  return [{ x, y, type, mode, line, opacity, visible, ...resting(runOf(trace)), showlegend: false, hoverinfo: "skip" }]
}

function legendTraces(figure, look) {
  return figure.data.filter(isAnimated).map((trace) => ({
    ...scaleTrace(look.kind.legendTrace?.(trace) ?? trace, look.scale),
    x: [null],
    y: [null],
    customdata: undefined,
    ...resting(runOf(trace)),
    showlegend: true,
    visible: look.hidden.has(runOf(trace)) ? "legendonly" : true,
  }))
}

function dressLayout(layout, look) {
  const { size, dragmode, kind, scale } = look
  // Plotly writes zoomed ranges into the layout it is given.
  const dressed = { ...scaleFonts(structuredClone(layout), scale), ...size, dragmode, showlegend: kind.legend && look.layout === "full" }
  if (look.layout === "story") Object.assign(dressed, compact(dressed, look))
  if (kind.legend) dressed.modebar = { bgcolor: "transparent" }
  for (const axis of Object.keys(layout).filter((key) => /^[xy]axis/.test(key))) {
    if (look.untitled && axis[0] === "x") dressed[axis] = { ...dressed[axis], title: undefined }
    if (size.width < NARROW && axis[0] === "x") dressed[axis] = { ...dressed[axis], nticks: 4 }
  }
  const seen = withView(dressed, look.view)
  return { ...(kind.toScale?.(seen, look) ?? seen), ...structuredClone(kind.legendLayout) }
}
