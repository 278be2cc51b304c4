// What the player takes from the page: its style sheet, the colours of the theme, and whether a finger touches it.

const loads = new Map()

export function loadStyle() {
  const address = new URL("./player.css", import.meta.url).href
  return once(address, () => new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address })
    link.addEventListener("load", resolve)
    link.addEventListener("error", reject)
    document.head.append(link)
  }))
}

export function pageColours(root) {
  const style = getComputedStyle(root)
  const read = (name) => style.getPropertyValue(name).trim()
  return {
    background: read("--st-background-color"),
    text: read("--st-text-color"),
    primary: read("--st-primary-color"),
    border: read("--st-border-color"),
  }
}

const context = document.createElement("canvas").getContext("2d")

export function isDark(colour) {
  context.fillStyle = colour
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(context.fillStyle.slice(at, at + 2), 16))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128
}

// Loads what is at an address, once for all players.
export function once(address, load) {
  if (!loads.has(address)) loads.set(address, load())
  return loads.get(address)
}
