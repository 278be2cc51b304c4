// Plotly's settings for a panel: its buttons, and its words.

import { DOUBLE_CLICK } from "./clicks.js"
import { isTouched } from "./page.js"
import { plotlyIcons } from "./plotly.js"

const LOCALE = "page"

// reset, save: what the buttons of these names do.
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
  const icons = plotlyIcons()
  const home = { name: "reset", title: labels.reset, icon: icons.home, click: () => reset() }
  const image = { name: "image", title: labels.image, icon: icons.camera, click: () => save() }
  return [isTouched() ? [] : kind.drags, [...kind.zooms, home], [image]]
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
