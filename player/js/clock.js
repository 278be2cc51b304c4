// The one clock of a player: a time in updates, fractional while it plays.

const SECONDS_PER_RUN = 10
const LONGEST_FRAME = 100 // ms; after a hidden tab, time goes on from where it was

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8]

export class Clock {
  constructor(onChange) {
    this.time = 0
    this.updates = 0
    this.playing = false
    this.speed = 1
    this.onChange = onChange
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

  play() {
    if (this.time >= this.updates) this.time = 0
    this.playing = true
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
    this.time += (elapsed / 1000 / SECONDS_PER_RUN) * this.speed * this.updates
    if (this.time >= this.updates) {
      this.time = this.updates
      this.playing = false
    } else this.#request()
    this.onChange()
  }
}
