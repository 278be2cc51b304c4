"""The whole figure as a drawing or as pixels, made by the browser of what its player shows at this moment."""

import streamlit as st

from ui.plain_button import BUTTON, SAVE
from ui.text import say

WIDTHS = {"slide": 1920, "column": 1050, "poster": 4960}
"""In pixels: of a slide, of a paper's column of 89 mm and of a poster's 420 mm, both at 300 dots an inch."""

_DRAWING = st.components.v2.component(
    "sigmascope_drawing",
    html='<button type="button"></button> <button type="button"></button><span role="status"></span><img hidden>',
    css=BUTTON + "img { display: block; max-width: 100%; margin-top: 0.75rem; } img[hidden] { display: none; }",
    js=SAVE
    + """const FONT = /Source Sans/

// The page's font as an address that holds it; nothing where it is not found.
async function font() {
  const rules = [...document.styleSheets].flatMap((sheet) => { try { return [...sheet.cssRules] } catch { return [] } })
  const isOurs = (rule) => rule instanceof CSSFontFaceRule && FONT.test(rule.style.fontFamily)
    && !/italic/.test(rule.style.fontStyle)
  const found = rules.find(isOurs)
  const [, place] = found?.style.src.match(/url\\("?([^")]+)/) ?? []
  if (!place) return ""
  const file = await (await fetch(new URL(place, found.parentStyleSheet.href ?? document.baseURI))).blob()
  return new Promise((resolve) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result)
    reader.readAsDataURL(file)
  })
}

// Shows what will be saved, smaller.
function preview(picture, data) {
  const made = (file) => {
    URL.revokeObjectURL(picture.src)
    Object.assign(picture, { src: URL.createObjectURL(file), alt: data.preview, hidden: false })
  }
  const detail = { format: "svg", width: 600, isClear: data.isClear, font: "", made, failed: () => {} }
  document.dispatchEvent(new CustomEvent("sigmascope:drawing", { detail }))
}

export default ({ data, parentElement }) => {
  preview(parentElement.querySelector("img"), data)
  const said = parentElement.querySelector("span")
  parentElement.querySelectorAll("button").forEach((button, i) => {
    const format = ["svg", "png"][i]
    button.textContent = `.${format}`
    button.onclick = async () => {
      said.textContent = ""
      const made = (file) => save(file, `${data.name}.${format}`)
      const failed = () => (said.textContent = data.failed)
      const { isClear, width } = data
      const detail = { format, isClear, width, font: await font().catch(() => ""), made, failed }
      document.dispatchEvent(new CustomEvent("sigmascope:drawing", { detail }))
    }
  })
}
""",
)


def drawing(name: str) -> None:
    """Draw the choices of a drawing, and the buttons that save it; name: of its file."""
    titles = {"slide": say("A slide"), "column": say("A column of a paper"), "poster": say("A poster")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        size = st.selectbox(say("Size"), list(WIDTHS), key="drawing:size", format_func=titles.__getitem__, width=220)
        is_clear = st.toggle(say("Transparent"), key="drawing:clear")
    data = {
        "name": name,
        "width": WIDTHS[size],
        "isClear": is_clear,
        "preview": say("Preview"),
        "failed": say("The picture could not be made in this browser."),
    }
    _DRAWING(key="drawing", data=data)
