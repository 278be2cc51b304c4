// Notes for whoever presents, in a window of their own that the room does not see: what is said now, what comes next, and
// how long it has taken.

import { element } from "./element.js"
import { captionAt } from "./events.js"

const STYLE = "font: 20px/1.4 system-ui; margin: 1.5rem; color-scheme: light dark"

export class Notes {
  constructor(state) {
    this.state = state
  }

  // Opens them, or brings them to the front.
  open() {
    this.window = globalThis.open("", "sigmascope-notes", "width=560,height=680")
    if (!this.window) return
    this.began = performance.now()
    this.window.document.title = this.state.labels.notes
    this.window.document.body.style.cssText = STYLE
    this.shown = undefined
    this.show()
  }

  show() {
    const { labels, story, clock } = this.state
    if (!this.window || this.window.closed || !story) return
    const at = captionAt(story.captions, clock.time)
    const minute = Math.floor((performance.now() - this.began) / 60000)
    const key = [at, minute, story.question].join()
    if (key === this.shown) return
    this.shown = key
    const [now, next] = [story.captions[at], story.captions[at + 1]]
    const heading = (textContent) => element("h2", { textContent })
    const lines = (caption) => (caption ? [caption.text, caption.detail] : [labels.notes_none])
      .map((textContent) => element("p", { textContent }))
    this.window.document.body.replaceChildren(
      element("p", { textContent: labels.notes_time.replace("{minutes}", minute) }),
      ...(story.question ? [heading(story.question)] : []),
      heading(labels.notes_now), ...lines(now),
      heading(labels.notes_next), ...lines(next),
      ...(story.answer ? [heading(labels.notes_answer), element("p", { textContent: story.answer })] : []),
    )
  }

  close() {
    this.window?.close()
  }
}
