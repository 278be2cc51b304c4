// Numbers as people read them, always with as many digits.

const DIGITS = 4
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"

// As in 2.413, −8190, 7.100×10⁵.
export function written(value, digits = DIGITS) {
  if (Number.isNaN(value)) return "NaN"
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞"
  if (value === 0) return "0"
  const size = Math.abs(value)
  const text = size >= 1e-3 && size < 1e5 ? plain(size, digits) : scientific(size, digits)
  return value < 0 ? `−${text}` : text
}

function plain(size, digits) {
  const before = Math.floor(Math.log10(size)) + 1
  return size.toFixed(Math.max(digits - (size < 0.1 ? before : Math.max(before, 1)), 0))
}

function scientific(size, digits) {
  const [mantissa, exponent] = size.toExponential(digits - 1).split("e")
  return `${mantissa}×10${power(Number(exponent))}`
}

export function power(exponent) {
  return [...String(exponent)].map((sign) => ("-−".includes(sign) ? "⁻" : SUPERSCRIPTS[sign])).join("")
}

// Has a locale write 5.041e+5 as 5.041×10⁵, and 1e-7 as 10⁻⁷.
export function writeAsPeople(locale) {
  const { numberFormat } = locale
  locale.numberFormat = (how) => {
    const format = numberFormat(how)
    return (value) => format(value).replace(/^([-−]?)(.*)e\+?([-−]?\d+)$/, withPower)
  }
}

function withPower(_, sign, mantissa, exponent) {
  return `${sign}${mantissa === "1" ? "" : `${mantissa}×`}10${power(exponent)}`
}
