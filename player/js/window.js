// Where the map's window should be for the paths around a moment to be seen: a range for each axis.

const AROUND = 0.04 // of a run, before and after the moment
const FILLED = 0.5 // share of the window that the paths fill after a move
const SMALL = 0.2 // and below which the window closes in
const EDGE = 0.06 // as near as they may come
const NEARLY_WHOLE = 0.8
const FLOWN = 5 // windows; what is farther away is not followed
const FINEST = 1.5e-4 // of the numbers, which have 24 bits, and of the whole window

// The smallest box around the tracks near a time, as a range for each axis; null if there is nothing to follow.
export function boxAround(tracks, time, updates, whole) {
  const box = whole.map(() => [Infinity, -Infinity])
  for (const track of tracks) {
    const last = Math.min(track.indexAt(time + AROUND * updates) + 1, track.length - 1)
    for (let i = Math.max(track.indexAt(time - AROUND * updates), 0); i <= last; i++) {
      const point = [track.x[i], track.y[i]]
      if (!point.every((value, axis) => isNear(value, whole[axis]))) continue
      point.forEach((value, axis) => widen(box[axis], value))
    }
  }
  return box[0][0] <= box[0][1] ? box : null
}

// The window to move to from the one that is shown, in the shape of the whole one; null while that one serves.
export function nextWindow(box, shown, whole) {
  const scale = Math.max(...shown.map((range, axis) => width(range) / width(whole[axis])))
  const needed = Math.max(...box.map((range, axis) => width(range) / width(whole[axis])))
  const wanted = Math.max(needed / FILLED, FINEST, ...box.map((range, axis) => finest(range, whole[axis])))
  if (isWithin(box, shown) && wanted >= (scale * SMALL) / FILLED) return null
  if (wanted > NEARLY_WHOLE && isWithin(box, whole)) return whole
  return box.map(([low, high], axis) => {
    const [middle, half] = [(low + high) / 2, (wanted * width(whole[axis])) / 2]
    return [middle - half, middle + half]
  })
}

function isWithin(box, window) {
  return box.every(([low, high], axis) => {
    const [start, end] = window[axis]
    return low >= start + EDGE * (end - start) && high <= end - EDGE * (end - start)
  })
}

function isNear(value, range) {
  return Math.abs(value - (range[0] + range[1]) / 2) <= FLOWN * width(range)
}

function widen(range, value) {
  if (value < range[0]) range[0] = value
  if (value > range[1]) range[1] = value
}

function finest([low, high], whole) {
  return (FINEST * Math.max(Math.abs(low), Math.abs(high))) / width(whole)
}

function width([low, high]) {
  return high - low
}
