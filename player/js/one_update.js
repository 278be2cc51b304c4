// The reach of one update, in data units: what the rule theta_i <- theta_i - (mu_t / sigma_i) m_i makes of a direction.

// The numbers of the update that begins at point `index` of a path; at the path's end, those of its last one.
export function updateAt(update, index) {
  const row = Math.min(index, update.rate[0].length - 1)
  const at = (columns) => columns && [columns[0][row], columns[1][row]]
  return { row, rate: at(update.rate), m: at(update.m), g: at(update.g), step: at(update.step) }
}

// radii: the semi-axes |m| mu_t / sigma_i of the ellipse on which every direction as long as m ends.
// m, g: the steps -k m and -k g with one step size for both axes, the geometric mean k of mu_t / sigma_x and mu_t / sigma_y.
export function reach({ rate, m, g, step }) {
  const length = Math.hypot(...m)
  const k = Math.sqrt(rate[0]) * Math.sqrt(rate[1])
  return {
    radii: rate.map((size) => length * size),
    step: step ?? m.map((value, i) => move(rate[i], value)),
    m: m.map((value) => move(k, value)),
    g: g.map((value) => move(k, value)),
  }
}

// An axis without a gradient does not move, though its scale be zero and its step size infinite.
function move(size, direction) {
  return direction === 0 ? 0 : -size * direction
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
