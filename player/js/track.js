// An animated trace in pixels: where its path lies on the canvas, and where its head is at a time.

import { toPixels } from "./axis.js"
import { clockOf, lineOf, runOf, updateOf } from "./figure.js"

export const HALO = 2 // px of background on either side of a line
const MOVED = 6 // px, from which a path has a direction
const LOOKBACK = 2000 // points
const FAR = 20000 // px; a canvas draws longer lines, or dashes along them, badly

export class Track {
  constructor(trace) {
    const line = lineOf(trace)
    this.run = runOf(trace)
    this.update = updateOf(trace)
    this.x = trace.x
    this.y = trace.y
    this.clock = clockOf(trace)
    this.color = line.color
    this.width = line.width
    this.dash = line.dash === "solid" ? [] : line.dash.split(",").map(parseFloat)
    this.subplot = [trace.xaxis ?? "x", trace.yaxis ?? "y"].map((name) => name.replace(/^([xy])/, "$1axis"))
    this.drawn = -1 // the last point in the trail
    this.passed = -1 // the last point before the head
  }

  get length() {
    return this.clock.length
  }

  axesIn(plot) {
    return plot.axes(this.subplot)
  }

  project(plot) {
    this.locate(plot)
    this.along = this.dash.length ? lengths(this.px, this.py) : null
    this.drawn = -1
  }

  locate(plot) {
    const [xAxis, yAxis] = this.axesIn(plot)
    this.px = toPixels(this.x, xAxis)
    this.py = toPixels(this.y, yAxis)
  }

  // The last point at or before a time; -1 if the trace begins later.
  indexAt(time) {
    let low = 0
    let high = this.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.clock[middle] <= time) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  // The head at a time, on the straight line from the point passed to the next.
  headAt(time) {
    const index = this.passed
    const next = Math.min(index + 1, this.length - 1)
    const span = this.clock[next] - this.clock[index]
    const share = span > 0 ? (time - this.clock[index]) / span : 0
    const x = this.px[index] + share * (this.px[next] - this.px[index])
    const y = this.py[index] + share * (this.py[next] - this.py[index])
    return Number.isFinite(x + y) ? { x, y } : { x: this.px[index], y: this.py[index] }
  }

  // The direction in which the path comes to a head, as an angle on the screen; null if it has not moved.
  headingTo({ x, y }) {
    for (let i = this.passed; i >= Math.max(this.passed - LOOKBACK, 0); i--) {
      const [right, down] = [x - this.px[i], y - this.py[i]]
      if (Math.hypot(right, down) > MOVED) return Math.atan2(down, right)
    }
    return null
  }

  hasEnded(time) {
    return time > this.clock[this.length - 1] + 1
  }

  // What lies below the path at a moment: nothing.
  shade() {}

  setPen(context, scale, from) {
    context.strokeStyle = this.color
    context.lineWidth = this.width * scale
    context.lineCap = this.dash.length ? "butt" : "round"
    context.setLineDash(this.dash.map((length) => length * scale))
    context.lineDashOffset = this.along ? this.along[from] : 0
  }

  // Of the background, and without gaps: between dashes the path goes on.
  setHalo(context, { background, scale }) {
    context.strokeStyle = background
    context.lineWidth = (this.width + 2 * HALO) * scale
    context.lineCap = "round"
    context.setLineDash([])
  }

  stroke(context, from, to) {
    const { px, py } = this
    context.beginPath()
    for (let i = from + 1, joined = false; i <= to; i++) {
      const [ax, ay, bx, by] = [px[i - 1], py[i - 1], px[i], py[i]]
      if (!Number.isFinite(ax + ay + bx + by)) joined = false
      else if (isFar(ax, ay) || isFar(bx, by)) {
        joined = false
        const piece = clip(ax, ay, bx, by)
        if (piece) strokePiece(context, piece)
      } else {
        if (!joined) context.moveTo(ax, ay)
        context.lineTo(bx, by)
        joined = true
      }
    }
    context.stroke()
  }
}

export function strokeSegment(context, from, to) {
  const near = !isFar(from.x, from.y) && !isFar(to.x, to.y)
  const piece = near ? [from.x, from.y, to.x, to.y] : clip(from.x, from.y, to.x, to.y)
  if (!piece) return
  context.beginPath()
  strokePiece(context, piece)
  context.stroke()
}

function strokePiece(context, [ax, ay, bx, by]) {
  context.moveTo(ax, ay)
  context.lineTo(bx, by)
}

function lengths(px, py) {
  const along = new Float64Array(px.length)
  for (let i = 1; i < px.length; i++) {
    const length = Math.hypot(px[i] - px[i - 1], py[i] - py[i - 1])
    along[i] = along[i - 1] + (length < FAR ? length : 0)
  }
  return along
}

function isFar(x, y) {
  return Math.abs(x) > FAR || Math.abs(y) > FAR
}

// Liang and Barsky's clipping of a segment to the square |x|, |y| <= FAR.
function clip(ax, ay, bx, by) {
  let [first, last] = [0, 1]
  for (const [start, step] of [
    [ax, bx - ax],
    [ay, by - ay],
  ]) {
    const ends = [(-FAR - start) / step, (FAR - start) / step].sort((a, b) => a - b)
    if (step === 0) {
      if (Math.abs(start) > FAR) return null
    } else [first, last] = [Math.max(first, ends[0]), Math.min(last, ends[1])]
  }
  const at = (share) => [ax + share * (bx - ax), ay + share * (by - ay)]
  return first < last ? [...at(first), ...at(last)] : null
}
