// A scene in three dimensions: where its camera puts a point on the canvas.

import { DIRECTIONS } from "./keyboard.js"
import { Track } from "./track.js"

// A path on the canvas has the dash that it has in all other figures; WebGL draws none but its own.
export class Track3d extends Track {
  constructor(trace) {
    super(trace)
    this.z = trace.z
    this.subplot = [trace.scene ?? "scene"]
  }

  axesIn(plot) {
    return plot.box(this.subplot[0])
  }

  locate(plot) {
    const [xAxis, yAxis] = this.axesIn(plot)
    const { x, y, z } = this
    const projection = plot.projection(this.subplot[0])
    const matrix = projection ? matrixOf(projection) : new Float64Array(16)
    this.px = new Float32Array(x.length)
    this.py = new Float32Array(x.length)
    for (let i = 0; i < x.length; i++) {
      const [right, up] = project(matrix, x[i], y[i], z[i])
      this.px[i] = xAxis.offset + xAxis.length * right
      this.py[i] = yAxis.offset + yAxis.length * (1 - up)
    }
  }
}

// projection · view · model · scale of the data, column by column, as WebGL has matrices.
function matrixOf({ projection, view, model, scale: [x, y, z] }) {
  return [model, view, projection].reduce((product, next) => multiply(next, product), [
    [x, 0, 0, 0],
    [0, y, 0, 0],
    [0, 0, z, 0],
    [0, 0, 0, 1],
  ].flat())
}

// Shares of the scene's width, from the left, and of its height, from below; nan behind the camera.
function project(m, x, y, z) {
  const depth = m[3] * x + m[7] * y + m[11] * z + m[15]
  const half = depth > 0 ? 0.5 / depth : NaN
  return [
    0.5 + half * (m[0] * x + m[4] * y + m[8] * z + m[12]),
    0.5 + half * (m[1] * x + m[5] * y + m[9] * z + m[13]),
  ]
}

function multiply(a, b) {
  const product = new Float64Array(16)
  for (let column = 0; column < 4; column++) {
    for (let row = 0; row < 4; row++) {
      for (let k = 0; k < 4; k++) product[4 * column + row] += a[4 * k + row] * b[4 * column + k]
    }
  }
  return product
}

// Calls back in each frame that is drawn from another point of view.
export function watchCamera(plot, onMove) {
  let seen = ""
  plot.watch("scene", (projection) => {
    const now = matrixOf(projection).join()
    if (now !== seen) onMove()
    seen = now
  })
}

export function cameraOf(plot, own) {
  const camera = plot.camera("scene")
  const { eye, center, up } = camera
  return isSame(camera, own.scene.camera) ? {} : { scene: { camera: { eye, center, up } } }
}

function isSame(camera, own) {
  return ["eye", "center"].every((part) => ["x", "y", "z"].every((i) => Math.abs(camera[part][i] - own[part][i]) < 1e-6))
}

const ANGLE = Math.PI / 36
const STEEPEST = 0.48 * Math.PI

// While its panel has the focus, arrow keys turn the scene, and + and - bring it nearer and farther.
export function listenToTurning({ host, plot, state }) {
  Object.assign(host, { tabIndex: 0, ariaLabel: state.labels.surface })
  host.setAttribute("role", "group")
  host.addEventListener("keydown", (event) => {
    const isOwn = event.target === host && !event.ctrlKey && !event.metaKey && !event.altKey
    if (isOwn && turnByKey(plot, event)) event.preventDefault()
  })
}

function turnByKey(plot, { key }) {
  const [right, up] = DIRECTIONS[key] ?? [0, 0]
  const nearer = { "+": 0.9, "-": 1 / 0.9 }[key] ?? 1
  if (!plot.isDrawn || (!right && !up && nearer === 1)) return false
  const { eye, center, up: above } = plot.camera("scene")
  const [x, y, z] = [eye.x - center.x, eye.y - center.y, eye.z - center.z]
  const distance = Math.hypot(x, y, z)
  const radius = distance * nearer
  const azimuth = Math.atan2(y, x) + right * ANGLE
  const height = Math.max(-STEEPEST, Math.min(STEEPEST, Math.asin(z / distance) + up * ANGLE))
  const moved = {
    x: center.x + radius * Math.cos(height) * Math.cos(azimuth),
    y: center.y + radius * Math.cos(height) * Math.sin(azimuth),
    z: center.z + radius * Math.sin(height),
  }
  plot.change({ "scene.camera": { eye: moved, center, up: above } })
  return true
}

export const hasWebGL = (() => {
  let known
  return () => (known ??= document.createElement("canvas").getContext("webgl") !== null)
})()
