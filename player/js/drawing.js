// The whole figure of this moment as one drawing (SVG), or as pixels made of it: every panel where it stands on the page,
// the formula of each run below them. A drawing loads nothing: its font and its pictures are in it.

import { dress } from "./dress.js"
import { imageSpec, standing } from "./image.js"
import { plotly } from "./plotly.js"

const DRAWING = "sigmascope:drawing"
const SVG = "http://www.w3.org/2000/svg"
const [EDGE, LINE] = [16, 24] // px of the page around it, and for a line of a formula
const FAMILY = "Source Sans"

// Makes one whenever the page asks: { format: "svg" or "png", width, font, isClear }, and then made(file) or failed(error).
// width: in pixels. font: a file of the page's font as an address that holds it. isClear: whether nothing lies below it.
export function listenToDrawing(shown) {
  const onDrawing = ({ detail }) => drawing(shown, detail).then(detail.made, detail.failed)
  document.addEventListener(DRAWING, onDrawing)
  return () => document.removeEventListener(DRAWING, onDrawing)
}

async function drawing({ stage, state }, { font, format, isClear, width }) {
  const { height, places, width: wide } = standing(stage.panels)
  const formulas = formulasOf(state)
  const size = { width: wide + 2 * EDGE, height: height + 2 * EDGE + LINE * formulas.length }
  const root = node("svg", { viewBox: `0 0 ${size.width} ${size.height}`, preserveAspectRatio: "none" })
  root.setAttribute("width", width)
  root.setAttribute("height", Math.round((width * size.height) / size.width))
  if (font) root.append(styled(font))
  if (!isClear) root.append(node("rect", { ...size, fill: state.colours.background }))
  for (const [i, panel] of stage.panels.entries()) {
    const part = await partOf(panel, state.clock.time, isClear)
    part.setAttribute("x", places[i].x + EDGE)
    part.setAttribute("y", places[i].y + EDGE)
    root.append(part)
  }
  formulas.forEach((text, i) => {
    const y = size.height - EDGE - LINE * (formulas.length - 1 - i)
    root.append(node("text", { x: EDGE, y, fill: state.colours.text, "font-family": FAMILY, "font-size": 16 }, text))
  })
  const file = new Blob([new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" })
  return format === "svg" ? file : pixelsOf(file, root)
}

// The update of each run in one line.
function formulasOf({ hidden, story }) {
  const lines = (story?.formulas ?? []).map((symbols, run) => {
    return `${story.names[run]}:  ${symbols.map(({ text }) => text.replace("{axis}", "θ")).join(" ")}`
  })
  return lines.filter((_, run) => !hidden.has(run))
}

async function partOf(panel, time, isClear) {
  const spec = imageSpec(panel, time)
  const laidOut = panel.kind.legend ? spec.layout : dress(panel.figure, panel.look).layout // one legend is enough
  const ground = isClear ? "rgba(0,0,0,0)" : spec.layout.paper_bgcolor
  const layout = { ...laidOut, images: spec.layout.images, font: { family: FAMILY }, paper_bgcolor: ground }
  const address = await plotly().toImage({ ...spec, layout }, { format: "svg", ...panel.size })
  const text = decodeURIComponent(address.slice(address.indexOf(",") + 1))
  return document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true)
}

function styled(font) {
  return node("style", {}, `@font-face { font-family: "${FAMILY}"; font-weight: 200 900; src: url(${font}) format("woff2") }`)
}

function node(name, attributes, text = "") {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.textContent = text
  return made
}

async function pixelsOf(file, root) {
  const address = URL.createObjectURL(file)
  const [width, height] = ["width", "height"].map((side) => Number(root.getAttribute(side)))
  const canvas = Object.assign(document.createElement("canvas"), { width, height })
  try {
    const picture = new Image()
    picture.src = address
    await picture.decode()
    canvas.getContext("2d").drawImage(picture, 0, 0, width, height)
  } finally {
    URL.revokeObjectURL(address)
  }
  return new Promise((resolve, reject) => canvas.toBlob((made) => (made ? resolve(made) : reject(new Error("no picture")))))
}
