// The kinds of figures, and all in which the player treats one unlike another. A figure names its kind itself.

import { toPixel } from "./axis.js"
import { BandTrack } from "./bands.js"
import { bandsOf, kindNameOf, lineOf } from "./figure.js"
import { Pointer } from "./pointer.js"
import { Reach } from "./reach.js"
import { toScale } from "./scale.js"
import { Track3d, cameraOf, hasWebGL, listenToTurning, watchCamera } from "./scene3d.js"
import { Tiles } from "./tiles.js"
import { Track } from "./track.js"

const AXIS = /^[xy]axis/

const flat = {
  track: (trace) => (bandsOf(trace) ? new BandTrack(trace) : new Track(trace)),
  view: zoomOf,
  drags: ["zoom2d", "pan2d"],
  zooms: ["zoomIn2d", "zoomOut2d"],
}

// Where a legend's flat traces lie in a figure without axes.
const NO_AXIS = { visible: false, fixedrange: true, domain: [0, 1e-3] }

// Of the two places of the stage, the first figure has the main one, where paths lie on a picture and need a halo.
const main = { className: "sigmascope-map", legend: true, halo: true, head: 5.5, rim: 2 } // radius and width in px
const beside = { className: "sigmascope-curve", legend: false, halo: false, head: 3.5, rim: 1 }

export const KINDS = {
  map: { ...main, ...flat, hasStart: true, makeReach: () => new Reach(), toScale },
  time: { ...beside, ...flat, sharesTime: true, rows: 1, drawBehind: drawTimeLine },
  phase: { ...beside, ...flat, rows: 4, head: 4.5, rim: 1.5 },
  space: {
    ...main,
    track: (trace) => new Track3d(trace),
    view: cameraOf,
    drags: [],
    zooms: [],
    watch: watchCamera,
    attend: listenToTurning,
    isMissing: () => !hasWebGL(),
    legendTrace: flatLegendTrace,
    legendLayout: { xaxis: NO_AXIS, yaxis: NO_AXIS },
  },
  mosaic: { ...beside, ...flat, track: (trace) => new Tiles(trace), drags: [], zooms: [], rows: 1.6 },
  plane: {
    ...main,
    ...flat,
    className: "sigmascope-map sigmascope-plane",
    hasCells: true,
    drags: ["zoom2d"],
    zooms: [],
    attend: (panel, intents) => new Pointer(panel, intents),
  },
}

export function kindOf(figure) {
  return KINDS[kindNameOf(figure)]
}

// A layout seen as a person has moved it.
export function withView(layout, view) {
  const moved = Object.entries(view).map(([name, part]) => [name, { ...layout[name], ...structuredClone(part) }])
  return { ...layout, ...Object.fromEntries(moved) }
}

// The axes that a person has moved away from the figure's own ranges.
function zoomOf(plot, own) {
  const names = Object.keys(own).filter((key) => AXIS.test(key) && !isSame(plot.range(key), own[key].range))
  return Object.fromEntries(names.map((name) => [name, { range: plot.range(name) }]))
}

function isSame(a, b) {
  const span = Math.abs(b[1] - b[0])
  return a.every((value, i) => Math.abs(value - b[i]) <= 1e-6 * span)
}

// WebGL's own traces would stand in the legend without their dashes.
function flatLegendTrace(trace) {
  const { name, legendgroup } = trace
  return { type: "scatter", mode: "lines", name, legendgroup, line: lineOf(trace) }
}

function drawTimeLine(context, [xAxis, yAxis], time, look) {
  const x = toPixel(time, xAxis)
  context.beginPath()
  context.strokeStyle = look.text
  context.globalAlpha = 0.45
  context.lineWidth = look.scale
  context.moveTo(x, yAxis.offset)
  context.lineTo(x, yAxis.offset + yAxis.length)
  context.stroke()
  context.globalAlpha = 1
}
