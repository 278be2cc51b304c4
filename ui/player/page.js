// What the player takes from the page: Plotly, its style sheet, and the colours of the theme.

const loads = new Map()

export function loadPlotly(address) {
  return once(address, () => import(new URL(address, document.baseURI)))
}

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
  return { background: read("--st-background-color"), text: read("--st-text-color") }
}

function once(address, load) {
  if (!loads.has(address)) loads.set(address, load())
  return loads.get(address)
}
