// The relief of a figure, as Plotly has pictures in a layout: it lies below the lines and moves with the axes.

import { toPixel } from "./axis.js"
import { reliefsOf } from "./figure.js"

const addresses = new WeakMap() // by the bytes of the file, which stay the same array while the surface does

export function imagesOf({ data }) {
  return data.flatMap((trace) => reliefsOf(trace).map((relief) => toImage(relief, trace)))
}

// Where a picture lies on the canvas.
export function boxOf({ x, y, sizex, sizey }, [xAxis, yAxis]) {
  const [left, right] = [x, x + sizex].map((value) => toPixel(value, xAxis))
  const [top, bottom] = [y, y - sizey].map((value) => toPixel(value, yAxis))
  return { x: left, y: top, width: right - left, height: bottom - top }
}

function toImage({ file, x: [left, right], y: [bottom, top] }, { xaxis = "x", yaxis = "y" }) {
  if (!addresses.has(file)) addresses.set(file, addressOf(file))
  return {
    source: addresses.get(file),
    xref: xaxis,
    yref: yaxis,
    x: left,
    y: top,
    sizex: right - left,
    sizey: top - bottom,
    sizing: "stretch",
    layer: "below",
  }
}

// Written out, since an image that is saved can load nothing from elsewhere.
function addressOf(file) {
  return `data:image/webp;base64,${btoa(Array.from(file, (byte) => String.fromCharCode(byte)).join(""))}`
}
