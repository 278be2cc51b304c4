// An MP4 file of one video track (ISO/IEC 14496-12), its index before its pictures, so that it plays while it loads. The
// entry of a codec: "avc1" with what its encoder describes (ISO/IEC 14496-15), or "vp09" (VP9's binding to such files).

const TEXT = new TextEncoder()

export class Mp4 {
  // rate: pictures a second. codec: as WebCodecs writes it. description: the bytes that its encoder gives, if any.
  constructor({ width, height, rate, codec, description }) {
    Object.assign(this, { width, height, rate, codec, description })
    this.samples = [] // bytes, each a picture
    this.keys = [] // numbers, from 1, of those that need no other
  }

  add(bytes, isKey) {
    this.samples.push(bytes)
    if (isKey) this.keys.push(this.samples.length)
  }

  // The whole file.
  get blob() {
    const kind = box("ftyp", text("isom"), u32(512), text("isomiso2mp41"))
    const index = (offset) => box("moov", this.#movie(), this.#track(offset))
    const offset = kind.length + index(0).length + 8
    const size = this.samples.reduce((sum, { length }) => sum + length, 0)
    return new Blob([kind, index(offset), u32(size + 8), text("mdat"), ...this.samples], { type: "video/mp4" })
  }

  get #count() {
    return this.samples.length
  }

  #movie() {
    const times = u32(0, 0, this.rate, this.#count, 0x10000)
    return full("mvhd", 0, times, u16(0x100, 0), u32(0, 0), MATRIX, u32(0, 0, 0, 0, 0, 0, 2))
  }

  #track(offset) {
    const { height, rate, width } = this
    const times = u32(0, 0, 1, 0, this.#count, 0, 0)
    const head = full("tkhd", 3, times, u16(0, 0, 0, 0), MATRIX, u32(width << 16, height << 16))
    const media = full("mdhd", 0, u32(0, 0, rate, this.#count), u16(0x55c4, 0))
    const handler = full("hdlr", 0, u32(0), text("vide"), u32(0, 0, 0), text("video\0"))
    const place = box("dinf", full("dref", 0, u32(1), full("url ", 1)))
    const info = box("minf", full("vmhd", 1, u16(0, 0, 0, 0)), place, this.#table(offset))
    return box("trak", head, box("mdia", media, handler, info))
  }

  // Where each picture is, all in one chunk, and how long it stays.
  #table(offset) {
    const count = this.#count
    return box(
      "stbl",
      full("stsd", 0, u32(1), this.#entry()),
      full("stts", 0, u32(1, count, 1)),
      full("stss", 0, u32(this.keys.length, ...this.keys)),
      full("stsc", 0, u32(1, 1, count, 1)),
      full("stsz", 0, u32(0, count, ...this.samples.map(({ length }) => length))),
      full("stco", 0, u32(1, offset)),
    )
  }

  #entry() {
    const [name, ...parts] = this.codec.split(".")
    const { height, width } = this
    const size = [u32(0), u16(0, 1), u32(0, 0, 0, 0), u16(width, height), u32(0x480000, 0x480000, 0), u16(1)]
    const isAvc = name === "avc1"
    const about = isAvc ? box("avcC", this.description) : full("vpcC", 0x1000000, vp9(parts.map(Number)))
    return box(isAvc ? "avc1" : "vp09", ...size, new Uint8Array(32), u16(24, 0xffff), about)
  }
}

const MATRIX = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)

// Profile, level, bits a colour, and that colours are as in BT.709.
function vp9([profile, level, bits]) {
  return new Uint8Array([profile, level, (bits << 4) | 2, 1, 1, 1, 0, 0])
}

function box(name, ...parts) {
  const bytes = joined(parts)
  return joined([u32(bytes.length + 8), text(name), bytes])
}

// A box with a version and flags, as one number.
function full(name, flags, ...parts) {
  return box(name, u32(flags), ...parts)
}

function text(letters) {
  return TEXT.encode(letters)
}

function u32(...numbers) {
  return packed(4, numbers, "setUint32")
}

function u16(...numbers) {
  return packed(2, numbers, "setUint16")
}

function packed(width, numbers, set) {
  const view = new DataView(new ArrayBuffer(width * numbers.length))
  numbers.forEach((number, i) => view[set](width * i, number))
  return new Uint8Array(view.buffer)
}

function joined(parts) {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
