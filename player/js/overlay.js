// Two canvases over a figure: the elapsed trails, which only grow, and the heads, drawn anew in every frame.
// To hand a canvas to the screen is the dearest part of a frame, so while it plays trails grow in every sixth frame,
// those of one figure after those of another, and the heads' canvas shows what they lack.

import { isInside } from "./axis.js"
import { makeCanvas, resize } from "./canvas.js"
import { drawGuess } from "./guess.js"
import { strokeSegment } from "./track.js"
import { writeWords } from "./words.js"

const GROWTH = 6 // frames
const AGAIN = 24 // points
const CORNER = 1.7 // radii from the middle of a head to its corner, which shows where the path goes

let overlays = 0

export class Overlay {
  constructor(plot) {
    this.plot = plot
    this.frame = overlays++
    this.trails = makeCanvas()
    this.heads = makeCanvas()
    this.tracks = []
    this.stale = true
  }

  setTracks(tracks, kind) {
    this.kind = kind
    this.reach ??= kind.makeReach?.()
    this.tracks = tracks
    this.subplots = new Map(tracks.map((track) => [track.subplot.join(), []]))
    for (const track of tracks) this.subplots.get(track.subplot.join()).push(track)
    this.stale = true
  }

  // Again after each drawing of Plotly's.
  attach() {
    this.plot.insert([this.trails.canvas, this.heads.canvas, ...(this.reach ? [this.reach.key.box] : [])])
    this.stale = true
  }

  draw(time, look) {
    const { plot } = this
    if (!plot.isDrawn) return
    const { width, height } = plot.size
    const isNew = this.stale || time < this.time
    if (isNew) this.#restart(width, height)
    const grows = ++this.frame % GROWTH === 0 || isNew || !look.playing
    this.heads.clearRect(0, 0, width, height)
    for (const tracks of this.subplots.values()) {
      const axes = tracks[0].axesIn(plot)
      const visible = tracks.filter((track) => !look.hidden.has(track.run))
      for (const track of visible) track.passed = track.indexAt(time)
      if (grows) this.#clipped(this.trails, axes, () => visible.forEach((track) => this.#grow(track, look)))
      this.#clipped(this.heads, axes, () => {
        this.kind.drawBehind?.(this.heads, axes, time, look)
        visible.forEach((track) => track.shade(this.heads, axes, look))
        visible.forEach((track) => this.#tip(track, time, look))
      })
      visible.forEach((track) => this.#head(track, time, axes, look))
      this.#clipped(this.heads, axes, () => this.reach?.draw(this.heads, visible, time, axes, look))
      if (this.reach) this.#clipped(this.heads, axes, () => drawGuess(this.heads, axes, look))
      if (this.reach && look.story) writeWords(this.heads, visible, time, axes, look)
    }
    this.time = time
  }

  #restart(width, height) {
    for (const context of [this.trails, this.heads]) resize(context, width, height)
    this.trails.clearRect(0, 0, width, height)
    for (const track of this.tracks) track.project(this.plot)
    this.stale = false
  }

  #clipped(context, [xAxis, yAxis], paint) {
    context.save()
    context.beginPath()
    context.rect(xAxis.offset, yAxis.offset, xAxis.length, yAxis.length)
    context.clip()
    context.lineJoin = "round"
    paint()
    context.restore()
  }

  // A halo goes below all that is there already, so that it cuts no line, its own neither.
  #grow(track, look) {
    const from = Math.max(track.drawn, 0)
    const { trails } = this
    if (track.passed > from) {
      track.setPen(trails, look.scale, from)
      track.stroke(trails, from, track.passed)
      if (this.kind.halo) {
        trails.globalCompositeOperation = "destination-over"
        track.setHalo(trails, look)
        track.stroke(trails, from, track.passed)
        trails.globalCompositeOperation = "source-over"
      }
    }
    track.drawn = track.passed
  }

  // The piece of the trail that is not drawn yet, up to the head. Of the trail, which its halo would cut, the last
  // points are drawn over it again.
  #tip(track, time, look) {
    if (track.passed < 0) return
    const from = Math.max(track.drawn, 0)
    const before = this.kind.halo ? Math.max(from - AGAIN, 0) : from
    const head = track.headAt(time)
    if (this.kind.halo) {
      track.setHalo(this.heads, look)
      this.#strokeTip(track, from, head)
    }
    track.setPen(this.heads, look.scale, before)
    this.#strokeTip(track, before, head)
  }

  #strokeTip(track, from, head) {
    const { passed, px, py } = track
    track.stroke(this.heads, from, passed)
    strokeSegment(this.heads, { x: px[passed], y: py[passed] }, head)
  }

  #head(track, time, axes, look) {
    const { x, y } = track.passed < 0 ? {} : track.headAt(time)
    if (!isInside(x, y, axes)) return
    const ended = track.hasEnded(time)
    traceDrop(this.heads, { x, y }, this.kind.head * look.scale, this.kind.halo ? track.headingTo({ x, y }) : null)
    this.heads.fillStyle = ended ? look.background : track.color
    this.heads.strokeStyle = ended ? track.color : look.background
    this.heads.lineWidth = this.kind.rim * look.scale
    this.heads.fill()
    this.heads.stroke()
  }
}

// A disc, or one with a corner in a direction.
function traceDrop(context, { x, y }, radius, direction) {
  context.beginPath()
  if (direction === null) context.arc(x, y, radius, 0, 2 * Math.PI)
  else {
    const open = Math.acos(1 / CORNER)
    context.arc(x, y, radius, direction + open, direction - open + 2 * Math.PI)
    context.lineTo(x + CORNER * radius * Math.cos(direction), y + CORNER * radius * Math.sin(direction))
  }
  context.closePath()
}
