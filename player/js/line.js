// The line to the server, a source of pictures (player.js says what that is): they come over it as soon as they are
// made, and a dragged start asks for some. Where no connection is to be had, the page brings the pictures.

import { Parts } from "./parts.js"
import { nextPaint } from "./queue.js"

const PROTOCOL = "sigmascope"
const PATIENCE = 3 // attempts to connect before the page is asked to bring the pictures
const UNDERWAY = 2 // questions: one is answered while the answer to the other is drawn
const PAUSES = [100, 500, 2000, 10000] // ms between attempts; the last one is repeated

const lines = new Map() // by token

// brought: a picture that came with the page, as text, if any. tell(state): told "cut" when no connection is to be had,
// and "whole" when there is one again.
export function lineTo(address, token, brought, tell) {
  if (!lines.has(token)) {
    lines.forEach((line) => line.close())
    lines.clear()
    lines.set(token, new Line(address, token))
  }
  const line = lines.get(token)
  line.tell = tell
  line.bring(brought)
  return line
}

class Line {
  constructor(address, token) {
    this.address = address.replace(/^http/, "ws")
    this.token = token
    this.listeners = new Map() // by the key of their player
    this.failures = 0
    this.#connect()
  }

  // Calls back with the latest picture for `key`, if there is one, and with all that follow.
  listen(key, listener) {
    this.listeners.set(key, listener)
    if (this.picture?.key === key) listener.accept(this.picture)
    if (this.offered?.key === key) listener.offer(this.offered.ways)
  }

  forget(key, listener) {
    if (this.listeners.get(key) === listener) this.listeners.delete(key)
  }

  // Asks for the picture with the start at a point; of many points asked for meanwhile, the last one counts.
  ask(point) {
    if (this.asked < UNDERWAY) this.#send(point)
    else this.next = point
  }

  // Takes in a picture that came with the page.
  async bring(text) {
    if (!text || text === this.brought) return
    this.brought = text
    const message = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))
    this.#show(await new Parts().open(message))
  }

  close() {
    this.closed = true
    clearTimeout(this.waiting)
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
    this.socket = new WebSocket(this.address, [PROTOCOL, this.token])
    this.socket.binaryType = "arraybuffer"
    this.socket.addEventListener("message", ({ data }) => {
      this.work = this.work.then(() => this.#receive(new Uint8Array(data)))
    })
    this.socket.addEventListener("close", () => this.closed || this.#reconnect())
  }

  #reconnect() {
    this.failures++
    if (this.failures === PATIENCE) this.#change("cut")
    this.waiting = setTimeout(() => this.#connect(), PAUSES[Math.min(this.failures, PAUSES.length) - 1])
  }

  #change(state) {
    if (state === (this.state ?? "whole")) return
    this.state = state
    this.tell(state)
  }

  async #receive(message) {
    this.failures = 0
    this.#change("whole")
    const picture = await this.parts.open(message)
    if (picture.ways) return this.#offer(picture)
    if (picture.preview) this.asked--
    if (this.next) this.#send(this.next)
    this.#show(picture)
    if (picture.preview) return
    await nextPaint()
    this.#say({ seen: true })
  }

  #offer(offered) {
    this.offered = offered
    this.listeners.get(offered.key)?.offer(offered.ways)
  }

  #show(picture) {
    this.picture = picture
    if (!picture.preview) this.offered = null
    this.listeners.get(picture.key)?.accept(picture)
  }

  #say(message) {
    const open = this.socket.readyState === WebSocket.OPEN
    if (open) this.socket.send(JSON.stringify(message))
    return open
  }
}
