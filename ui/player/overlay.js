// Two canvases over a figure: the elapsed trails, which only grow, and the heads, drawn anew in every frame.

import { isInside, strokeSegment } from "./track.js"

export class Overlay {
  constructor(plot) {
    this.plot = plot
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
    if (this.stale || time < this.time) this.#restart(layout)
    this.heads.clearRect(0, 0, layout.width, layout.height)
    for (const tracks of this.subplots.values()) {
      const axes = tracks[0].axesIn(layout)
      const visible = tracks.filter((track) => !look.hidden.has(track.run))
      this.#clipped(this.trails, axes, () => visible.forEach((track) => this.#grow(track, time, look)))
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

  #grow(track, time, look) {
    const index = track.indexAt(time)
    const from = Math.max(track.drawn, 0)
    if (index > from) {
      track.setPen(this.trails, look.scale, from)
      track.stroke(this.trails, from, index)
    }
    track.drawn = index
  }

  // The piece of the trail between the last update and the head.
  #tip(track, time, look) {
    if (track.drawn < 0) return
    track.setPen(this.heads, look.scale, track.drawn)
    const head = track.headAt(time, track.drawn)
    strokeSegment(this.heads, { x: track.px[track.drawn], y: track.py[track.drawn] }, head)
  }

  #head(track, time, axes, look) {
    const { x, y } = track.drawn < 0 ? {} : track.headAt(time, track.drawn)
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

function makeCanvas() {
  const canvas = document.createElement("canvas")
  canvas.className = "sigmascope-canvas"
  canvas.setAttribute("aria-hidden", "true")
  return canvas.getContext("2d")
}

function resize(context, width, height) {
  const { canvas } = context
  const density = Math.min(globalThis.devicePixelRatio || 1, 2)
  const [w, h] = [Math.round(width * density), Math.round(height * density)]
  if (canvas.width !== w || canvas.height !== h) {
    Object.assign(canvas, { width: w, height: h })
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` })
    context.setTransform(density, 0, 0, density, 0, 0)
  }
}
