// Canvases in the page: sharp on any screen, unseen by assistive technology.

export function makeCanvas() {
  const canvas = document.createElement("canvas")
  canvas.className = "sigmascope-canvas"
  canvas.setAttribute("aria-hidden", "true")
  return canvas.getContext("2d")
}

// Sizes in px of the page, zoomed by a style or not; what was painted is lost if they change.
export function resize(context, width, height, zoom = 1) {
  const { canvas } = context
  const density = Math.min(globalThis.devicePixelRatio || 1, 2) * zoom
  const [w, h] = [Math.round(width * density), Math.round(height * density)]
  if (canvas.width !== w || canvas.height !== h) {
    Object.assign(canvas, { width: w, height: h })
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` })
    context.setTransform(density, 0, 0, density, 0, 0)
  }
}
