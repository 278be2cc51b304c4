// The events of a story in time: which caption holds at a moment, and which update is next.

// The place of the last caption at or before a time; -1 before the first.
export function captionAt(captions, time) {
  return captions.findLastIndex(({ update }) => update <= time)
}

// The way to a neighbour: where a person goes from here, by events; the ends are events too.
export function nextEvent(captions, time, updates, direction) {
  const stops = [...new Set([0, ...captions.map(({ update }) => update), updates])]
  if (direction > 0) return stops.find((update) => update > Math.floor(time)) ?? updates
  return stops.findLast((update) => update < Math.ceil(time)) ?? 0
}
