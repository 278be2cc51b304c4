// The events of a story on the scrub: a dot each with a word or two above it, which lead there. Words that would touch
// yield to the one before.

import { element } from "./element.js"
import { later } from "./later.js"

const NEAR = 8 // px between two words
const REACH = 8 // px from a mark within which a click means it
const DOT = 24 // px, as in the style sheet
const EDGE = 16 // px that a word may stand out at the end of the track

const NONE = []

export class Marks {
  constructor(state, intents) {
    this.state = state
    this.intents = intents
    this.host = element("div", { className: "sigmascope-marks" })
    this.made = []
    this.widths = new Map() // of the words, in px
    this.followLater = later(() => this.#follow())
  }

  // On a track, whose range takes hold of the pointer: its thumb may stand on a mark.
  attach(track) {
    track.append(this.host)
    track.addEventListener("pointerdown", ({ clientX }) => (this.pressed = clientX))
    track.addEventListener("click", (event) => this.#snap(event))
  }

  show() {
    const { caption } = this.state
    if (!this.captions) this.#follow()
    else if (this.captions !== this.wanted) this.followLater()
    if (caption !== this.shown) this.#pass(caption)
  }

  // Puts the marks along a track that begins at an offset, in px.
  fit(offset, length) {
    Object.assign(this, { offset, length })
    this.widths.clear()
    this.#place()
  }

  get wanted() {
    const { story, veiled } = this.state
    return veiled ? NONE : story?.captions ?? NONE
  }

  #follow() {
    const captions = this.wanted
    this.captions = captions
    const marked = captions.filter(({ mark, update }) => mark && update > 0)
    while (this.made.length > marked.length) this.made.pop().button.remove()
    marked.forEach((caption, index) => this.#write((this.made[index] ??= this.#mark()), caption))
    if (this.length) this.#place()
    this.#pass(this.state.caption)
  }

  #mark() {
    const word = element("span")
    const button = element("button", { type: "button", className: "sigmascope-mark", tabIndex: -1 }, [element("i"), word])
    const made = { button, word }
    button.addEventListener("click", () => this.intents.seek(made.update))
    this.host.append(button)
    return made
  }

  #write(made, { mark, text, update }) {
    made.update = update
    if (made.word.textContent !== mark) made.word.textContent = mark
    if (made.button.title !== text) made.button.title = text
  }

  #place() {
    const { length, made, offset, state: { clock: { updates } } } = this
    let end = -Infinity
    for (const { button, update, word } of made) {
      const at = offset + length * (updates ? update / updates : 0)
      const half = this.#widthOf(word) / 2
      const middle = Math.min(Math.max(at, half), Math.max(offset + length + EDGE - half, half))
      const isClear = middle - half > end + NEAR
      button.style.left = `${at}px`
      word.style.left = `${middle - at + DOT / 2 - half}px`
      note(button, "silent", !isClear)
      if (isClear) end = middle + half
    }
  }

  // To measure a word lays out the page, so that is done once for each.
  #widthOf(word) {
    const { textContent } = word
    if (!this.widths.has(textContent)) this.widths.set(textContent, word.offsetWidth)
    return this.widths.get(textContent)
  }

  #snap({ clientX, target }) {
    if (!target.matches("input") || Math.abs(clientX - this.pressed) >= REACH) return
    const x = clientX - this.host.getBoundingClientRect().left
    const near = this.made.filter(({ button }) => Math.abs(parseFloat(button.style.left) - x) < REACH)
    if (near.length) this.intents.seek(near[0].update)
  }

  #pass(caption) {
    this.shown = caption
    for (const { button, update } of this.made) note(button, "passed", update <= (caption?.update ?? -1))
  }
}

function note({ dataset }, name, isSo) {
  if (dataset[name] !== String(isSo)) dataset[name] = String(isSo)
}
