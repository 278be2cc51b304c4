// A figure as Plotly shows it below the canvas: faint ghosts of whole runs, and a legend in full colour.

const GHOST = 0.28

export function dress(figure, look) {
  const data = figure.data.map((trace) => dressTrace(trace, look))
  if (look.legend) data.push(...legendTraces(figure, look))
  return { data, layout: dressLayout(figure.layout, look) }
}

export function isAnimated(trace) {
  return trace.meta?.animate === true
}

export function fade(color, alpha) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16))
  return `rgba(${red}, ${green}, ${blue}, ${alpha})`
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
  if (trace.type === "scatter" && trace.line) scaled.line = { ...trace.line, width: trace.line.width * scale }
  if (trace.marker) scaled.marker = { ...trace.marker, size: times(trace.marker.size, scale) }
  return scaled
}

function times(size, scale) {
  return Array.isArray(size) ? size.map((value) => value * scale) : size * scale
}

function dressTrace(trace, look) {
  const dressed = { ...scaleTrace(trace, look.scale), showlegend: false }
  if (trace.meta?.run !== undefined) dressed.visible = !look.hidden.has(trace.meta.run)
  if (trace.meta?.start && look.pick) dressed.visible = false
  if (isAnimated(trace)) dressed.line = { ...dressed.line, color: fade(trace.line.color, GHOST) }
  return dressed
}

function legendTraces(figure, look) {
  return figure.data.filter(isAnimated).map((trace) => ({
    ...scaleTrace(trace, look.scale),
    x: [null],
    y: [null],
    customdata: undefined,
    meta: { legend: trace.meta.run },
    showlegend: true,
    visible: look.hidden.has(trace.meta.run) ? "legendonly" : true,
  }))
}

function dressLayout(layout, look) {
  const dressed = { ...scaleFonts(layout, look.scale), ...look.size, uirevision: look.scene, showlegend: look.legend }
  for (const [axis, range] of Object.entries(look.view)) {
    if (dressed[axis]) dressed[axis] = { ...dressed[axis], range: [...range] }
  }
  return dressed
}
