// A figure as Plotly shows it below the canvas: faint ghosts of whole runs, and a legend in full colour.

import { withView } from "./kinds.js"

export const GHOST = 0.28
const NARROW = 440 // px: fewer numbers fit along an axis

export function dress(figure, look) {
  const data = figure.data.map((trace) => dressTrace(trace, look))
  if (look.kind.legend) data.push(...legendTraces(figure, look))
  return { data, layout: dressLayout(figure.layout, look) }
}

export function isAnimated(trace) {
  return trace.meta?.animate === true
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
  return scaled
}

function times(size, scale) {
  return Array.isArray(size) ? size.map((value) => value * scale) : size * scale
}

function dressTrace(trace, look) {
  const dressed = { ...scaleTrace(trace, look.scale), showlegend: false }
  if (trace.meta?.update) dressed.meta = { ...trace.meta, update: undefined } // only the canvas draws it
  if (trace.meta?.run !== undefined) dressed.visible = !look.hidden.has(trace.meta.run)
  if (trace.meta?.start) dressed.visible = false // the handle shows it
  if (isAnimated(trace)) dressed.opacity = GHOST
  return dressed
}

function legendTraces(figure, look) {
  return figure.data.filter(isAnimated).map((trace) => ({
    ...scaleTrace(look.kind.legendTrace?.(trace) ?? trace, look.scale),
    x: [null],
    y: [null],
    customdata: undefined,
    meta: { legend: trace.meta.run },
    showlegend: true,
    visible: look.hidden.has(trace.meta.run) ? "legendonly" : true,
  }))
}

function dressLayout(layout, look) {
  const { size, dragmode, kind, scale } = look
  // Plotly writes zoomed ranges into the layout it is given.
  const dressed = { ...scaleFonts(structuredClone(layout), scale), ...size, dragmode, showlegend: kind.legend }
  if (kind.legend) dressed.modebar = { bgcolor: "transparent" }
  for (const axis of Object.keys(layout).filter((key) => /^[xy]axis/.test(key))) {
    if (look.untitled && axis[0] === "x") dressed[axis] = { ...dressed[axis], title: undefined }
    if (size.width < NARROW && axis[0] === "x") dressed[axis] = { ...dressed[axis], nticks: 4 }
  }
  return { ...withView(dressed, look.view), ...structuredClone(look.kind.legendLayout) }
}
