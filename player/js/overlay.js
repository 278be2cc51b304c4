// Two canvases over a figure: the elapsed trails, which only grow, and the heads, drawn anew in every frame.
// To hand a canvas to the screen is the dearest part of a frame, so while it plays trails grow in every sixth frame,
// those of one figure after those of another, and the heads' canvas shows what they lack.

import { isInside } from "./axis.js"
import { makeCanvas, resize } from "./canvas.js"
import { strokeSegment } from "./track.js"
import { writeWords } from "./words.js"

const GROWTH = 6 // frames

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
        visible.forEach((track) => this.#tip(track, time, look))
      })
      visible.forEach((track) => this.#head(track, time, axes, look))
      this.#clipped(this.heads, axes, () => this.reach?.draw(this.heads, visible, time, axes, look))
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

  #grow(track, look) {
    this.#extend(this.trails, track, look)
    track.drawn = track.passed
  }

  // The piece of the trail that is not drawn yet, up to the head.
  #tip(track, time, look) {
    const { passed, px, py } = track
    if (passed < 0) return
    this.#extend(this.heads, track, look)
    track.setPen(this.heads, look.scale, passed)
    strokeSegment(this.heads, { x: px[passed], y: py[passed] }, track.headAt(time))
  }

  #extend(context, track, look) {
    const from = Math.max(track.drawn, 0)
    if (track.passed <= from) return
    track.setPen(context, look.scale, from)
    track.stroke(context, from, track.passed)
  }

  #head(track, time, axes, look) {
    const { x, y } = track.passed < 0 ? {} : track.headAt(time)
    if (!isInside(x, y, axes)) return
    const ended = track.hasEnded(time)
    this.heads.beginPath()
    this.heads.arc(x, y, this.kind.head * look.scale, 0, 2 * Math.PI)
    this.heads.fillStyle = ended ? look.background : track.color
    this.heads.strokeStyle = ended ? track.color : look.background
    this.heads.lineWidth = this.kind.rim * look.scale
    this.heads.fill()
    this.heads.stroke()
  }
}
