// The one clock of a player: a time in updates, fractional while it plays. A guide may say how fast it goes and where it
// holds (guide.js); without one, every run takes as long.

const SECONDS_PER_RUN = 10
const LONGEST_FRAME = 100 // ms; after a hidden tab, time goes on from where it was

export const SPEEDS = [1 / 16, 1 / 8, 0.25, 0.5, 1, 2, 4, 8]

export class Clock {
  constructor(onChange) {
    this.time = 0
    this.updates = 0
    this.playing = false
    this.speed = 1
    this.onChange = onChange
    this.holding = 0 // ms left at an event
    this.loop = [] // where a stretch that is played again and again begins, and ends
  }

  // Marks where a stretch begins, then where it ends, which plays it again and again; then forgets it.
  toggleLoop() {
    const at = Math.round(this.time)
    if (this.loop.length === 1 && at !== this.loop[0]) this.loop = [this.loop[0], at].sort((a, b) => a - b)
    else this.loop = this.loop.length ? [] : [at]
    this.onChange()
  }

  // A fresh scene opens at `begin`; otherwise the time stays, and the end stays the end.
  setUpdates(updates, fresh, begin) {
    const atEnd = this.time >= this.updates
    this.updates = updates
    if (fresh) this.playing = false
    if (fresh) this.time = begin
    else this.time = atEnd && !this.playing ? updates : Math.min(this.time, updates)
  }

  toggle() {
    if (this.playing) this.pause()
    else this.play()
  }

  // reads: whether what is said here is still to be read.
  play(reads = false) {
    if (this.time >= this.updates) this.time = 0
    this.playing = true
    this.holding = (reads && this.guide?.holdBetween(this.time - 1, this.time)?.ms) || 0
    this.last = performance.now()
    this.#request()
    this.onChange()
  }

  pause() {
    this.playing = false
    cancelAnimationFrame(this.frame)
    this.onChange()
  }

  seek(time) {
    this.holding = 0
    this.time = Math.min(Math.max(time, 0), this.updates)
    this.onChange()
  }

  step(count) {
    this.playing = false
    this.seek((count > 0 ? Math.floor(this.time) : Math.ceil(this.time)) + count)
  }

  changeSpeed(places) {
    const place = SPEEDS.indexOf(this.speed) + places
    this.speed = SPEEDS[Math.min(Math.max(place, 0), SPEEDS.length - 1)]
    this.onChange()
  }

  #request() {
    cancelAnimationFrame(this.frame)
    this.frame = requestAnimationFrame((now) => this.#tick(now))
  }

  #tick(now) {
    if (!this.playing) return
    const elapsed = Math.min(Math.max(now - this.last, 0), LONGEST_FRAME)
    this.last = now
    this.#advance(elapsed * this.speed)
    const [from, to] = this.loop
    if (this.time >= to) this.time = from
    if (this.time >= this.updates && this.holding <= 0) {
      this.time = this.updates
      this.playing = false
    } else this.#request()
    this.onChange()
  }

  #advance(ms) {
    const { guide, time, updates } = this
    if (this.holding > 0) {
      this.holding -= ms
      return
    }
    const pace = guide?.paceAt(time, updates) ?? updates / 1000 / SECONDS_PER_RUN
    const next = Math.min(time + pace * ms, updates)
    const hold = guide?.holdBetween(time, next)
    this.time = hold?.update ?? next
    this.holding = hold?.ms ?? 0
  }
}
