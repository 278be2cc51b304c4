// What a figure says of itself: ../contract.py describes it, and nothing else reads it.

export function kindNameOf({ layout: { meta } }) {
  return meta.kind
}

// The colour of the page that it is made for.
export function backgroundOf({ layout: { meta } }) {
  return meta.background
}

// Whether a unit is as long across as up on it, unless a person wants it otherwise; undefined if it is not a map.
export function isEqual({ layout: { meta } }) {
  return meta.equal
}

// Where its two panels are the two axes of one quantity, the title of each where it is small; else undefined.
export function shortTitlesOf({ layout: { meta } }) {
  return meta.short
}

// Of a plane of many runs, what a cell of it stands for: { subplots, counts }; else undefined.
export function cellsOf({ layout: { meta } }) {
  return meta.cells
}

// The number of the run that a trace belongs to; undefined is the surface.
export function runOf({ meta }) {
  return meta?.run
}

export function isAnimated({ meta }) {
  return meta?.animate === true
}

export function isStart({ meta }) {
  return meta?.start === true
}

// How a trace is drawn, also where Plotly cannot draw it so.
export function lineOf({ meta, line }) {
  return meta?.line ?? line
}

// The updates that begin at its points, for the map's paths.
export function updateOf({ meta }) {
  return meta?.update
}

// The bands around a curve, the outermost first, each as its lower and its upper side.
export function bandsOf({ meta }) {
  return meta?.bands
}

// The small pictures that change with time.
export function tilesOf({ meta }) {
  return meta?.tiles
}

// The pictures of the ground below the map's lines, the last one on top: { file, x, y }.
export function reliefsOf({ meta }) {
  return meta?.reliefs ?? []
}

const OURS = ["update", "reliefs", "bands", "tiles"]

// A trace without what is not Plotly's to draw.
export function forPlotly(trace) {
  const { meta } = trace
  const ours = OURS.filter((name) => meta?.[name])
  return ours.length ? { ...trace, meta: { ...meta, ...Object.fromEntries(ours.map((name) => [name, undefined])) } } : trace
}

// What a trace says of itself that belongs to a run and does not move.
export function resting(run) {
  return { meta: { run } }
}

// When each of its points is reached, in updates.
export function clockOf(trace) {
  return trace.customdata ?? trace.x
}

export function startOf({ data }) {
  const { x, y } = data.find(isStart)
  return { x: x[0], y: y[0] }
}
