// Small pictures of eight by eight pixels that change with time: what each unit of a network looks for, and what the
// network takes some digits for.

import { runOf, tilesOf } from "./figure.js"
import { Track } from "./track.js"

const SIDE = 8 // pixels of a tile
const GAP = 1.5 // pixels between two
const LINE = 15 // px of a line of text
const SHARE = 0.5 // of the width, for the units
const BETWEEN = 0.04
const FINE = 2 // pixels of a picture for one of the page's

export class Tiles extends Track {
  constructor(trace) {
    super(trace)
    this.tiles = tilesOf(trace)
  }

  locate() {
    this.px = this.py = new Float32Array(this.length).fill(NaN)
  }

  stroke() {}

  // Of the run in hand, at the last look passed.
  shade(context, [xAxis, yAxis], look) {
    if (look.run !== this.run) return
    this.paint(context, xAxis.offset, yAxis.offset, xAxis.length, yAxis.length, look)
  }

  paint(context, left, top, width, height, look) {
    const { tiles } = this
    const index = Math.max(this.passed, 0)
    const share = SHARE * width
    const room = { left, top, width: share - BETWEEN * width, height }
    const other = { left: left + share, top, width: width - share, height }
    const units = tiles.weights[index].length / SIDE ** 2
    this.#field(context, room, tiles.words[0], units, look, 0, (unit, place) => {
      drawTile(context, tiles.weights[index], unit, tiles.colours, place)
    })
    this.#field(context, other, tiles.words[1], tiles.truth.length, look, LINE * look.scale, (digit, place) => {
      drawTile(context, tiles.digits[digit], 0, tiles.greys, place)
      const [guess, truth] = [tiles.guesses[index][digit], tiles.truth[digit]]
      const isRight = guess === truth
      write(context, isRight ? `${guess}` : `${guess} ✗`, place.left, place.top + place.size + 2, look, isRight ? 400 : 700)
    })
  }

  // A title, and below it so many tiles, each with room for a line below it, as large as there is room for.
  #field(context, { height, left, top, width }, title, count, look, below, draw) {
    const line = 1.3 * LINE * look.scale
    write(context, title, left, top, look, 400, width)
    const { columns, size } = fitted(count, width, height - line, below)
    const step = (size / SIDE) * (SIDE + GAP)
    for (let i = 0; i < count; i++) {
      const [column, row] = [i % columns, Math.floor(i / columns)]
      draw(i, { left: left + column * step, top: top + line + row * (step + below), size })
    }
  }
}

// In how many columns tiles are largest.
function fitted(count, width, height, below) {
  let best = { columns: 1, size: 0 }
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns)
    const share = SIDE / (SIDE + GAP)
    const size = Math.floor(Math.min((width / columns) * share, (height / rows - below) * share))
    if (size > best.size) best = { columns, size }
  }
  return best
}

const sheets = new WeakMap() // of colours, what each of 256 values looks like

function tableOf(colours) {
  if (!sheets.has(colours)) sheets.set(colours, Array.from({ length: 256 }, (_, value) => mixed(colours, value / 255)))
  return sheets.get(colours)
}

function mixed(colours, share) {
  const at = share * (colours.length - 1)
  const before = Math.min(Math.floor(at), colours.length - 2)
  const [from, to] = [colours[before], colours[before + 1]].map((colour) => {
    return [1, 3, 5].map((place) => parseInt(colour.slice(place, place + 2), 16))
  })
  return from.map((value, i) => value + (at - before) * (to[i] - value))
}

const page = document.createElement("canvas").getContext("2d", { willReadFrequently: true })
Object.assign(page.canvas, { width: SIDE, height: SIDE })
const pixels = page.createImageData(SIDE, SIDE)

function drawTile(context, values, number, colours, { left, size, top }) {
  const table = tableOf(colours)
  const begin = number * SIDE ** 2
  for (let i = 0; i < SIDE ** 2; i++) {
    const [red, green, blue] = table[values[begin + i]]
    pixels.data.set([red, green, blue, 255], 4 * i)
  }
  page.putImageData(pixels, 0, 0)
  context.imageSmoothingEnabled = false
  context.drawImage(page.canvas, left, top, size, size)
}

function write(context, text, left, top, { scale, text: colour }, weight, most) {
  context.font = `${weight} ${12 * scale}px "Source Sans", sans-serif`
  context.fillStyle = colour
  context.textAlign = "left"
  context.textBaseline = "top"
  context.fillText(text, left, top, most)
}

// What is painted at a time, as a picture for Plotly to lay into a figure without axes.
export function tilesPicture(figure, { height, width }, time, look) {
  const canvas = Object.assign(document.createElement("canvas"), { width: FINE * width, height: FINE * height })
  const context = canvas.getContext("2d")
  context.scale(FINE, FINE)
  for (const trace of figure.data.filter((one) => tilesOf(one) && runOf(one) === look.run)) {
    const track = new Tiles(trace)
    track.passed = track.indexAt(time)
    track.paint(context, 0, 0, width, height, look)
  }
  return canvas.toDataURL()
}
