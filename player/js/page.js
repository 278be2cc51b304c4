// What the player has to do with the page around it: its style sheet, colours and size, and whether fingers touch it.

const loads = new Map()

// A page that is one file has it inside.
export function loadStyle() {
  if (document.getElementById("sigmascope-style")) return Promise.resolve()
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

const PAGE = 1250 // px of width above which text and lines grow
const ROOM = 1 / 30 // of the height of the wall of a room, what is read from its last row
const TEXT = 13 // px

// By how much they grow.
export function scaleOf(root) {
  if (document.fullscreenElement === root) return Math.max(1, (root.clientHeight * ROOM) / TEXT)
  return Math.max(1, root.clientWidth / PAGE)
}

export function switchFullScreen(root) {
  if (document.fullscreenElement) document.exitFullscreen()
  else root.requestFullscreen()
}

// Where nothing can hover, Plotly shows its buttons always.
const touches = globalThis.matchMedia("(pointer: coarse), (hover: none)")

export function isTouched() {
  return touches.matches
}

const context = document.createElement("canvas").getContext("2d")

function isDark(colour) {
  context.fillStyle = colour
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(context.fillStyle.slice(at, at + 2), 16))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128
}

// Loads what is at an address, once for all players.
export function once(address, load) {
  if (!loads.has(address)) loads.set(address, load())
  return loads.get(address)
}

// The page's colours change without a word to Python: ask once for figures that match.
export class Colouring {
  // made: the background that figures are made for.
  isToChange(made, { background }) {
    const isNew = this.asked !== background
    const isWrong = isDark(made) !== isDark(background)
    this.asked = isWrong ? background : null
    return isWrong && isNew
  }
}
