// The line to the server, a source of pictures (player.js says what that is): they come over it as soon as they are
// made, and a dragged start asks for some.

import { Parts } from "./parts.js"
import { nextPaint } from "./queue.js"

const UNKNOWN = 4404 // the server's word for a session that has ended
const PATIENCE = 3 // attempts to connect before an empty player says so
const UNDERWAY = 2 // questions: one is answered while the answer to the other is drawn
const PAUSES = [100, 500, 2000] // ms between attempts; the last one is repeated

const lines = new Map() // by address

export function lineTo(address) {
  if (!lines.has(address)) {
    lines.forEach((line) => line.close())
    lines.clear()
    lines.set(address, new Line(address))
  }
  return lines.get(address)
}

class Line {
  constructor(address) {
    this.address = new URL(address, document.baseURI.replace(/^http/, "ws"))
    this.listeners = new Map() // by the key of their player
    this.failures = 0
    this.#connect()
  }

  // Calls back with the latest picture for `key`, if there is one, and with all that follow.
  listen(key, listener) {
    this.listeners.set(key, listener)
    if (this.picture?.key === key) listener.accept(this.picture)
  }

  forget(key, listener) {
    if (this.listeners.get(key) === listener) this.listeners.delete(key)
  }

  // Asks for the picture with the start at a point; of many points asked for meanwhile, the last one counts.
  ask(point) {
    if (this.asked < UNDERWAY) this.#send(point)
    else this.next = point
  }

  close() {
    this.closed = true
    this.socket.close()
  }

  #send(point) {
    this.next = null
    if (this.#say(point)) this.asked++
  }

  #connect() {
    this.parts = new Parts()
    this.work = Promise.resolve()
    this.asked = 0
    this.socket = new WebSocket(this.address)
    this.socket.binaryType = "arraybuffer"
    this.socket.addEventListener("message", ({ data }) => {
      this.work = this.work.then(() => this.#receive(new Uint8Array(data)))
    })
    this.socket.addEventListener("close", ({ code }) => this.closed || code === UNKNOWN || this.#reconnect())
  }

  #reconnect() {
    this.failures++
    if (this.failures >= PATIENCE) this.listeners.forEach((listener) => listener.fail())
    setTimeout(() => this.closed || this.#connect(), PAUSES[Math.min(this.failures, PAUSES.length) - 1])
  }

  async #receive(message) {
    this.failures = 0
    this.picture = await this.parts.open(message)
    if (this.picture.preview) this.asked--
    if (this.next) this.#send(this.next)
    this.listeners.get(this.picture.key)?.accept(this.picture)
    if (this.picture.preview) return
    await nextPaint()
    this.#say({ seen: true })
  }

  #say(message) {
    const open = this.socket.readyState === WebSocket.OPEN
    if (open) this.socket.send(JSON.stringify(message))
    return open
  }
}
