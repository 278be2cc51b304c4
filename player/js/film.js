// A film of what a player shows: its panels as they stand on the page, at one pace from the first update to the last,
// with what is said below them. What lies still is drawn once, and only what moves for each picture.

import { toPixel } from "./axis.js"
import { startOf } from "./figure.js"
import { pictureOf, standing } from "./image.js"
import { RATE, video } from "./video.js"

const FILM = "sigmascope:film"
const REST = 1.5 // s for which the last picture stays
const STRIP = 0.14 // of the height, for words
const EDGE = 0.02 // of the height

// Makes a film whenever the page asks: { seconds, height, words, report, signal }, and then made(file) or failed(error).
export function listenToFilm(shown) {
  const onFilm = ({ detail }) => film(shown, detail).then(detail.made, detail.failed)
  document.addEventListener(FILM, onFilm)
  return () => document.removeEventListener(FILM, onFilm)
}

async function film({ root, stage, state }, { height, report, seconds, signal, words }) {
  const { clock } = state
  const before = clock.time
  clock.pause()
  const canvas = Object.assign(document.createElement("canvas"), { width: (height * 16) / 9, height })
  const context = canvas.getContext("2d")
  const layers = await layersOf(stage, canvas, words)
  const moves = Math.max(2, Math.round((seconds - REST) * RATE))
  const draw = (i) => {
    clock.seek((clock.updates * Math.min(i, moves - 1)) / (moves - 1))
    compose(context, canvas, layers, state, getComputedStyle(root).fontFamily, words)
  }
  try {
    return await video(canvas, Math.round(seconds * RATE), draw, { report, signal })
  } finally {
    clock.seek(before)
  }
}

// Each panel's still picture, and where it is on the canvas: all of them as large as there is room for, in the middle.
async function layersOf({ panels }, canvas, words) {
  const { height, places, width } = standing(panels)
  const edge = EDGE * canvas.height
  const room = { width: canvas.width - 2 * edge, height: canvas.height * (1 - (words ? STRIP : 0)) - 2 * edge }
  const scale = Math.min(room.width / width, room.height / height)
  const start = { x: edge + (room.width - scale * width) / 2, y: edge + (room.height - scale * height) / 2 }
  return Promise.all(panels.map(async (panel, i) => {
    const { x, y, ...box } = places[i]
    const place = [start.x + scale * x, start.y + scale * y, scale * box.width, scale * box.height]
    return { panel, place, still: await pictureOf(panel.plot, scale) }
  }))
}

function compose(context, canvas, layers, state, font, words) {
  context.fillStyle = state.colours.background
  context.fillRect(0, 0, canvas.width, canvas.height)
  for (const { panel, place, still } of layers) {
    const { overlay } = panel
    context.drawImage(still, ...place)
    context.drawImage(overlay.trails.canvas, ...place)
    if (panel.kind.hasStart) ring(context, panel, place, state.colours.text)
    context.drawImage(overlay.heads.canvas, ...place)
  }
  const { clock, colours, labels } = state
  const count = labels.readout.replace("{t}", Math.floor(clock.time)).replace("{updates}", clock.updates)
  const { height, width } = canvas
  const right = { x: width - 2 * EDGE * height, align: "right" }
  write(context, count, { ...right, y: height * 0.97, size: height / 45 }, font, colours.text)
  if (!words || !state.caption) return
  const left = { x: 2 * EDGE * height, align: "left", most: width - 4 * EDGE * height }
  write(context, state.caption.text, { ...left, y: height * 0.905, size: height / 30, weight: 600 }, font, colours.text)
  const most = left.most - height * 0.35
  write(context, state.caption.detail, { ...left, most, y: height * 0.955, size: height / 42 }, font, colours.text)
}

// The start, which on the page is a handle.
function ring(context, { figure, plot }, [left, top, width], colour) {
  const [xAxis, yAxis] = plot.axes()
  const { x, y } = startOf(figure)
  const scale = width / plot.size.width
  context.beginPath()
  context.arc(left + scale * toPixel(x, xAxis), top + scale * toPixel(y, yAxis), 6.5 * scale, 0, 2 * Math.PI)
  Object.assign(context, { strokeStyle: colour, lineWidth: 2 * scale })
  context.stroke()
}

// Smaller where it would be longer than there is room for.
function write(context, text, { align, most = Infinity, size, weight = 400, x, y }, font, colour) {
  const set = (height) => (context.font = `${weight} ${height}px ${font}`)
  set(size)
  const { width } = context.measureText(text)
  if (width > most) set((size * most) / width)
  Object.assign(context, { fillStyle: colour, textAlign: align, textBaseline: "middle" })
  context.fillText(text, x, y)
}
