// Equal axes: a unit is as long across as up.

import { MAIN_AXES } from "./plotly.js"

const AROUND = { width: 60, height: 91 } // px: of labels, and of a legend with one line
const NEARLY = 0.0005 // of a range: a smaller gap is left

// What is left for the axes of a plot, in px: what Plotly has found, or what is likely.
export function placeOf(plot, { width, height }) {
  return plot.place ?? [width - AROUND.width, height - AROUND.height]
}

// A layout with equal axes that show more of the surface beside the window, as much as fills the place; or as it is,
// with the window over all of the place. Where the place is not quite as was thought, a little of it is left empty, on
// the sides without numbers, which would change the place.
export function toScale(layout, { equal, place }) {
  const { xaxis, yaxis } = layout
  if (!equal) return { ...layout, yaxis: { ...yaxis, scaleanchor: false } }
  const [x, y] = withEqualUnits([xaxis.range, yaxis.range], place)
  return {
    ...layout,
    xaxis: { ...xaxis, range: x, constrain: "domain", constraintoward: "left" },
    yaxis: { ...yaxis, range: y, constrain: "domain", constraintoward: "bottom", scaleanchor: "x" },
  }
}

// Has equal axes fill the place that Plotly has found for them. Other numbers along them may change that place again.
export async function fillPlace(plot, layout, size) {
  for (let attempt = 0; attempt < 3; attempt++) {
    const wanted = toScale(layout, { equal: true, place: placeOf(plot, size) })
    if (MAIN_AXES.every((name) => isNearly(plot.range(name), wanted[name].range))) return
    await plot.change(Object.fromEntries(MAIN_AXES.map((name) => [`${name}.range`, wanted[name].range])))
  }
}

// The smallest window around another one that has units of one length on axes of so many px.
function withEqualUnits(window, lengths) {
  const unit = Math.max(...window.map(([low, high], axis) => (high - low) / lengths[axis]))
  return window.map(([low, high], axis) => {
    const [middle, half] = [(low + high) / 2, (unit * lengths[axis]) / 2]
    return [middle - half, middle + half]
  })
}

function isNearly(a, b) {
  return a.every((value, i) => Math.abs(value - b[i]) <= NEARLY * (b[1] - b[0]))
}
