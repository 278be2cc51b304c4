// All that is told of a scene as a table, for those who hear the page: what the captions say while it plays.

import { element } from "./element.js"
import { later } from "./later.js"

export class Account {
  constructor(state) {
    this.state = state
    this.host = element("table", { className: "sigmascope-account", hidden: true })
    this.writeLater = later(() => this.#write())
  }

  // Writes only what will stay: nobody reads a table while it changes.
  show() {
    if (!this.state.picture?.preview && this.captions !== this.shown) this.writeLater()
  }

  get captions() {
    const { story, veiled } = this.state
    return veiled ? undefined : story?.captions
  }

  #write() {
    const { captions, state: { labels } } = this
    this.shown = captions
    this.host.hidden = !captions
    if (!captions) return
    const heads = [labels.account_update, labels.account_event].map((text) => element("th", { scope: "col", textContent: text }))
    this.host.replaceChildren(
      element("caption", { textContent: labels.account }),
      element("thead", {}, [element("tr", {}, heads)]),
      element("tbody", {}, captions.map(row)),
    )
  }
}

function row({ detail, text, update }) {
  return element("tr", {}, [
    element("th", { scope: "row", textContent: update }),
    element("td", { textContent: `${text} ${detail}` }),
  ])
}
