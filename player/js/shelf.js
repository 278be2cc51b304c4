// A shelf, a source of pictures (player.js says what that is) that has all of them: the page is one file, and nothing can
// be asked of it.

import { pictureOf } from "./parts.js"

export class Shelf {
  // parts: the arrays of all pictures, by the names of their content.
  constructor(parts) {
    this.parts = parts
    this.listeners = new Map() // by the key of their player
  }

  // Puts a picture in place: the header of a message, and the figures of it that are shown.
  show(header, names) {
    const { figures, ...picture } = pictureOf(header, this.parts)
    this.picture = { ...picture, figures: Object.fromEntries(names.map((name) => [name, figures[name]])) }
    this.listeners.get(header.key)?.accept(this.picture)
  }

  listen(key, listener) {
    this.listeners.set(key, listener)
    if (this.picture?.key === key) listener.accept(this.picture)
  }

  forget(key, listener) {
    if (this.listeners.get(key) === listener) this.listeners.delete(key)
  }

  ask() {}
}
