// A guess: where a person thinks that a run will go, drawn on the map before it plays, or tapped where it will end; and
// how it compares with what came.

import { toPixel, valueAt } from "./axis.js"
import { element } from "./element.js"
import { written } from "./numbers.js"

const STRIDE = 5 // px between two points
const TURN = 8 // px of a path that are looked at as one move
const TELLING = ["diverged", "seen", "stuck", "crosses", "fades", "quiet", "crawls"] // the kinds of captions that say why

export class Guess {
  constructor(state, intents) {
    this.state = state
    this.intents = intents
    this.layer = element("div", { className: "sigmascope-drawing" })
    this.verdict = element("div", { className: "sigmascope-verdict", role: "status", hidden: true })
    this.layer.addEventListener("pointerdown", (event) => this.#begin(event))
    this.layer.addEventListener("pointermove", (event) => this.points && this.#go(event))
    this.layer.addEventListener("pointerup", () => this.points && this.#end())
    this.layer.addEventListener("pointercancel", () => (this.points = null))
  }

  // On a panel, or on none.
  attach(panel) {
    if (panel === this.panel) return
    this.panel = panel
    this.layer.remove()
    this.verdict.remove()
    panel?.host.append(this.layer, this.verdict)
  }

  show() {
    const { clock, guess, labels, switches } = this.state
    const { layer, panel, verdict } = this
    if (!panel || !labels) return
    if (layer.hidden === switches.guess) layer.hidden = !switches.guess
    layer.title = labels.guess_help
    const isDue = Boolean(guess) && clock.time >= clock.updates
    if (verdict.hidden === !isDue) return
    verdict.hidden = !isDue
    if (isDue) verdict.replaceChildren(...this.#words().map((text) => element("p", { textContent: text })))
  }

  #begin(event) {
    if (!event.isPrimary) return
    event.preventDefault()
    this.layer.setPointerCapture(event.pointerId)
    const [track] = this.#tracks
    this.points = track ? [[track.x[0], track.y[0]]] : []
    this.#go(event)
  }

  #go({ clientX, clientY }) {
    const [xAxis, yAxis] = this.panel.plot.axes()
    const box = this.panel.plot.host.getBoundingClientRect()
    const point = [valueAt(clientX - box.left, xAxis), valueAt(clientY - box.top, yAxis)]
    const [last, next] = [this.points.at(-1), point].map((place) => place && this.#pixel(place))
    if (last && Math.hypot(next[0] - last[0], next[1] - last[1]) < STRIDE) return
    this.points = [...this.points, point]
    this.intents.guess({ run: this.state.run, points: this.points })
  }

  #end() {
    this.points = null
    this.intents.switch("guess")
    this.intents.seek(0)
  }

  get #tracks() {
    return this.panel.overlay.tracks.filter(({ run }) => run === this.state.run)
  }

  #pixel([x, y]) {
    const [xAxis, yAxis] = this.panel.plot.axes()
    return [toPixel(x, xAxis), toPixel(y, yAxis)]
  }

  // How far off it is, in the units of equal axes or as a share of the map, how often each turned back, and why.
  #words() {
    const { guess, labels, story, switches } = this.state
    const track = this.panel.overlay.tracks.find(({ run }) => run === guess.run)
    const path = Array.from(track.x, (x, i) => [x, track.y[i]]).filter((point) => point.every(Number.isFinite))
    const [end, guessed] = [path.at(-1), guess.points.at(-1)]
    const [a, b] = [end, guessed].map((point) => this.#pixel(point))
    const share = Math.hypot(a[0] - b[0], a[1] - b[1]) / this.panel.plot.axes()[0].length
    const distance = switches.equal
      ? written(Math.hypot(end[0] - guessed[0], end[1] - guessed[1]), 2)
      : labels.guess_share.replace("{percent}", Math.round(100 * share))
    const turns = [path, guess.points].map((points) => turnsOf(points.map((point) => this.#pixel(point))))
    const far = labels.guess_far.replace("{distance}", distance)
    const turned = labels.guess_turns.replace("{its}", turns[0]).replace("{yours}", turns[1])
    const own = (story?.captions ?? []).filter(({ run }) => run === guess.run)
    const why = TELLING.map((kind) => own.find((caption) => caption.kind === kind)).find(Boolean) ?? own.at(-1)
    return [far, turned, ...(why ? [why.text] : [])]
  }
}

// How often a path turns back by more than a right angle, in moves that can be seen.
function turnsOf(pixels) {
  const kept = pixels.slice(0, 1)
  for (const point of pixels) {
    const [x, y] = kept.at(-1)
    if (Math.hypot(point[0] - x, point[1] - y) >= TURN) kept.push(point)
  }
  const moves = kept.slice(1).map(([x, y], i) => [x - kept[i][0], y - kept[i][1]])
  return moves.slice(1).filter(([x, y], i) => x * moves[i][0] + y * moves[i][1] < 0).length
}

export function drawGuess(context, [xAxis, yAxis], { background, guess, scale, text }) {
  if (!guess) return
  for (const [colour, width] of [[background, 6], [text, 2.5]]) {
    context.strokeStyle = colour
    context.lineWidth = width * scale
    context.setLineDash(colour === text ? [2 * scale, 6 * scale] : [])
    context.lineCap = "round"
    context.beginPath()
    guess.points.forEach(([x, y]) => context.lineTo(toPixel(x, xAxis), toPixel(y, yAxis)))
    context.stroke()
  }
  context.setLineDash([])
}
