// The events of a story on the scrub: a dot each with a word or two above it, which lead there. Words that would touch
// yield to the one before.

import { element } from "./element.js"

const NEAR = 8 // px between two words
const REACH = 8 // px from a mark within which a click means it
const EDGE = 16 // px that a word may stand out at the end of the track

export class Marks {
  constructor(state, intents) {
    this.state = state
    this.intents = intents
    this.host = element("div", { className: "sigmascope-marks" })
    this.made = []
  }

  // On a track, whose range takes hold of the pointer: its thumb may stand on a mark.
  attach(track) {
    track.append(this.host)
    track.addEventListener("pointerdown", ({ clientX }) => (this.pressed = clientX))
    track.addEventListener("click", (event) => this.#snap(event))
  }

  show() {
    const { caption, story, veiled } = this.state
    const captions = veiled ? [] : story?.captions ?? []
    if (captions !== this.captions) this.#fill(captions)
    if (caption !== this.shown) this.#pass(caption)
  }

  // Puts the marks along a track that begins at an offset, in px.
  fit(offset, length) {
    Object.assign(this, { offset, length })
    const { updates } = this.state.clock
    let end = -Infinity
    for (const { button, update } of this.made) {
      const at = offset + length * (updates ? update / updates : 0)
      button.style.left = `${at}px`
      const half = button.lastChild.offsetWidth / 2
      const middle = Math.min(Math.max(at, half), Math.max(offset + length + EDGE - half, half))
      const isClear = middle - half > end + NEAR
      button.lastChild.style.left = `${middle - at + button.offsetWidth / 2 - half}px`
      button.dataset.silent = String(!isClear)
      if (isClear) end = middle + half
    }
  }

  #fill(captions) {
    this.captions = captions
    this.shown = undefined
    const marked = captions.filter(({ mark, update }) => mark && update > 0)
    this.made = marked.map((caption) => ({ update: caption.update, caption, button: this.#mark(caption) }))
    this.host.replaceChildren(...this.made.map(({ button }) => button))
    if (this.length) this.fit(this.offset, this.length)
  }

  #mark({ mark, text, update }) {
    const made = element("button", { type: "button", className: "sigmascope-mark", title: text, tabIndex: -1 }, [
      element("i"), element("span", { textContent: mark }),
    ])
    made.addEventListener("click", () => this.intents.seek(update))
    return made
  }

  #snap({ clientX, target }) {
    if (!target.matches("input") || Math.abs(clientX - this.pressed) >= REACH) return
    const x = clientX - this.host.getBoundingClientRect().left
    const near = this.made.filter(({ button }) => Math.abs(parseFloat(button.style.left) - x) < REACH)
    if (near.length) this.intents.seek(near[0].update)
  }

  #pass(caption) {
    this.shown = caption
    for (const { button, update } of this.made) button.dataset.passed = String(update <= (caption?.update ?? -1))
  }
}
