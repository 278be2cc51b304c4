// Plotly's settings for a panel: its buttons, and its words.

import { DOUBLE_CLICK } from "./clicks.js"
import { isTouched } from "./page.js"
import { plotly } from "./plotly.js"

const LOCALE = "page"

// reset: what the button of this name does. save: of both that save, told as what.
export function configOf(kind, labels, layout, { reset, save }) {
  return {
    displaylogo: false,
    displayModeBar: isTouched() && (layout === "story" || !kind.legend) ? false : "hover",
    doubleClick: false,
    doubleClickDelay: DOUBLE_CLICK,
    plotlyServerURL: "",
    locale: LOCALE,
    locales: { [LOCALE]: { dictionary: dictionary(labels) } },
    modeBarButtons: buttons(kind, labels, reset, save).filter((group) => group.length),
  }
}

function buttons(kind, labels, reset, save) {
  const icons = plotly().Icons
  const home = { name: "reset", title: labels.reset, icon: icons.home, click: () => reset() }
  const image = { name: "image", title: labels.image, icon: icons.camera, click: () => save("png") }
  const drawing = { name: "drawing", title: labels.drawing, icon: icons.disk, click: () => save("svg") }
  return [isTouched() ? [] : kind.drags, [...kind.zooms, home], [image, drawing]]
}

// Plotly's own words, as it looks them up.
function dictionary(labels) {
  return {
    Zoom: labels.zoom,
    Pan: labels.pan,
    "Zoom in": labels.zoom_in,
    "Zoom out": labels.zoom_out,
    "Double-click to zoom back out": labels.zoom_back,
  }
}
