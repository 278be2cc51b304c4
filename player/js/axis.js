// An axis as a value: { offset, length } in px of the canvas, from the left or from above, what stands at its `begin`
// and at its `end` there (exponents of ten on a log axis), and whether it `isLog`.

// Also while the axis is dragged; nan where a log axis has no place.
function placing({ offset, length, begin, end, isLog }) {
  const scale = length / (end - begin)
  return (value) => {
    const pixel = offset + scale * ((isLog ? Math.log10(value) : value) - begin)
    return Number.isFinite(pixel) ? pixel : NaN
  }
}

export function toPixel(value, axis) {
  return placing(axis)(value)
}

export function toPixels(values, axis) {
  const place = placing(axis)
  const pixels = new Float32Array(values.length)
  for (let i = 0; i < values.length; i++) pixels[i] = place(values[i])
  return pixels
}

// The value at a pixel of a linear axis, or at its nearer end, to a tenth of a pixel.
export function valueAt(pixel, { offset, length, begin, end }) {
  const unit = Math.abs(end - begin) / length / 10
  const digits = Math.min(Math.max(Math.ceil(-Math.log10(unit)), 0), 100)
  const share = Math.min(Math.max(pixel - offset, 0), length) / length
  return Number((begin + share * (end - begin)).toFixed(digits))
}

// Pixels a unit of a linear axis; negative where its values rise from below.
export function perUnit({ length, begin, end }) {
  return length / (end - begin)
}

export function isInside(x, y, [xAxis, yAxis]) {
  const [right, down] = [x - xAxis.offset, y - yAxis.offset]
  return right >= -1 && down >= -1 && right <= xAxis.length + 1 && down <= yAxis.length + 1
}
