// Two canvases over a figure: the elapsed trails, which only grow, and the heads, drawn anew in every frame.
// To hand a canvas to the screen is the dearest part of a frame, so while it plays trails grow in every sixth frame,
// those of one figure after those of another, and the heads' canvas shows what they lack.

import { makeCanvas, resize } from "./canvas.js"
import { isInside, strokeSegment } from "./track.js"

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

  // Below Plotly's layer of titles, legend and hover labels, which it may build anew.
  attach() {
    const container = this.plot.querySelector(".svg-container")
    const top = container.querySelectorAll(":scope > .main-svg")[1]
    for (const layer of [this.trails.canvas, this.heads.canvas, ...(this.reach ? [this.reach.key] : [])]) {
      if (layer.nextElementSibling !== top) container.insertBefore(layer, top)
    }
    this.stale = true
  }

  draw(time, look) {
    const layout = this.plot._fullLayout
    if (!layout) return
    const isNew = this.stale || time < this.time
    if (isNew) this.#restart(layout)
    const grows = ++this.frame % GROWTH === 0 || isNew || !look.playing
    this.heads.clearRect(0, 0, layout.width, layout.height)
    for (const tracks of this.subplots.values()) {
      const axes = tracks[0].axesIn(layout)
      const visible = tracks.filter((track) => !look.hidden.has(track.run))
      for (const track of visible) track.passed = track.indexAt(time)
      if (grows) this.#clipped(this.trails, axes, () => visible.forEach((track) => this.#grow(track, look)))
      this.#clipped(this.heads, axes, () => {
        this.kind.drawBehind?.(this.heads, axes, time, look)
        visible.forEach((track) => this.#tip(track, time, look))
      })
      visible.forEach((track) => this.#head(track, time, axes, look))
      this.#clipped(this.heads, axes, () => this.reach?.draw(this.heads, visible, time, axes, look))
    }
    this.time = time
  }

  #restart(layout) {
    for (const context of [this.trails, this.heads]) resize(context, layout.width, layout.height)
    this.trails.clearRect(0, 0, layout.width, layout.height)
    for (const track of this.tracks) track.project(layout)
    this.stale = false
  }

  #clipped(context, [xAxis, yAxis], paint) {
    context.save()
    context.beginPath()
    context.rect(xAxis._offset, yAxis._offset, xAxis._length, yAxis._length)
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
