// One update of a path, and by how much it is magnified to be seen.

export function countOf(update) {
  return update.step[0].length
}

// What is drawn of the update that begins at point `index` of a path; at the path's end, of its last one.
export function updateAt(update, index) {
  const row = Math.min(index, countOf(update) - 1)
  const at = (columns) => [columns[0][row], columns[1][row]]
  const down = (columns) => at(columns).map((value) => (value === 0 ? 0 : -update.shared[row] * value))
  const angle = update.angle ? update.angle[row] : 0
  const ghosts = (update.ghosts ?? []).map(at)
  const tangent = update.tangent ? at(update.tangent) : null
  return { row, angle, ghosts, tangent, radii: at(update.radii), step: at(update.step), m: down(update.m), g: down(update.g) }
}

// The numbers of the update at a time along an axis; null where there is none.
export function numbersAt(track, time, axis) {
  const { update } = track
  if (!update || countOf(update) === 0) return null
  const row = Math.min(Math.max(track.indexAt(time), 0), countOf(update) - 1)
  const theta = [track.x, track.y][axis][row]
  const [sigma, m, g, step, p] = [update.sigma, update.m, update.g, update.step, update.p].map(
    (columns) => columns?.[axis][row],
  )
  return { theta, next: theta + step, lr: update.lr[row], sigma, m, g, p }
}

const SMALLEST = 24 // px
const SMALL = 1 / 10 // of the room
const LARGE = 1 / 3
const BEST = 1 / 4
const ROUND = [1, 2, 5, 10].map(Math.log10)

// The power of ten, or two or five of them, by which something of a size in px is magnified to be seen in a room;
// the one before stays as long as it serves.
export function magnification(size, room, before) {
  if (!(size > 0) || !Number.isFinite(size)) return before
  const serves = (shown) => shown >= Math.max(SMALLEST, SMALL * room) && shown <= LARGE * room
  if (serves(size * before)) return before
  if (serves(size)) return 1
  const decades = Math.log10((BEST * room) / size)
  const whole = Math.floor(decades)
  const part = ROUND.findLast((log) => log <= decades - whole)
  return Number(`${Math.round(10 ** part)}e${whole}`)
}

// As in ×100, ×0.2, ×5·10⁻⁶.
export function writeFactor(factor) {
  const [digit, exponent] = factor.toExponential().split("e").map(Number)
  if (Math.abs(exponent) <= 3) return `×${Number(factor.toPrecision(1))}`
  const power = `10${[...String(exponent)].map((sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]).join("")}`
  return digit === 1 ? `×${power}` : `×${digit}·${power}`
}
