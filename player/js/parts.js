// Messages of the line, and the parts in them: arrays that came as bytes, by the name of their content.
// line.py and parts.py describe the formats.

const TYPES = { float32: Float32Array, float64: Float64Array, int32: Int32Array, uint8: Uint8Array }

// Has the parts of the last message; the server sends only what is not among them.
export class Parts {
  constructor() {
    this.parts = new Map()
  }

  // Returns the picture in a message: what its header says, and the figures with their arrays; if it is no picture,
  // what its header says.
  async open(message) {
    const [header, body] = split(message)
    if (!header.parts) return header
    const fresh = await unpackAll(header.parts.filter(([, , size]) => size), body)
    const known = new Map([...this.parts, ...fresh])
    this.parts = new Map(header.parts.map(([, id]) => [id, known.get(id)]))
    return pictureOf(header, this.parts)
  }
}

// The picture that a header describes, of parts by the names of their content.
export function pictureOf(header, parts) {
  return { ...header, figures: figuresIn(new Map(header.parts.map(([name, id]) => [name, parts.get(id)]))) }
}

const DATA = "data of "
const LAYOUT = "layout of "

function figuresIn(parts) {
  const read = (name) => JSON.parse(new TextDecoder().decode(parts.get(name)[0]))
  const figures = [...parts.keys()].filter((name) => name.startsWith(DATA)).map((name) => name.slice(DATA.length))
  return Object.fromEntries(figures.map((name) => {
    return [name, { data: resolve(read(DATA + name), parts), layout: read(LAYOUT + name) }]
  }))
}

function resolve(json, parts) {
  if (Array.isArray(json)) return json.map((item) => resolve(item, parts))
  if (json === null || typeof json !== "object") return json
  if (typeof json.part === "string") return parts.get(json.part)[json.array]
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, resolve(value, parts)]))
}

// The header of a message, and what comes after it.
export function split(bytes) {
  const start = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  return [JSON.parse(new TextDecoder().decode(bytes.subarray(4, start))), bytes.subarray(start)]
}

// The arrays of parts that lie one behind another, by the names of their content; named: of each its name and that of
// its content, and its size.
export async function unpackAll(named, bytes) {
  let offset = 0
  const parts = named.map(async ([, id, size]) => {
    const start = offset
    offset += size
    return [id, await unpack(bytes.subarray(start, start + size))]
  })
  return new Map(await Promise.all(parts))
}

export async function inflate(bytes, format = "deflate") {
  const { readable, writable } = new DecompressionStream(format)
  const plain = new Response(readable).arrayBuffer()
  const writer = writable.getWriter()
  await Promise.all([writer.write(bytes), writer.close()])
  return new Uint8Array(await plain)
}

async function unpack(bytes) {
  const [{ arrays, compressed }, packed] = split(bytes)
  const payload = compressed ? await inflate(packed) : packed
  let offset = 0
  return arrays.map(({ dtype, shape }) => {
    const flat = new TYPES[dtype](shape.reduce((a, b) => a * b, 1))
    const [from, to] = [payload.subarray(offset, offset + flat.byteLength), new Uint8Array(flat.buffer)]
    offset += flat.byteLength
    if (compressed) unshuffle(from, to, flat.BYTES_PER_ELEMENT)
    else to.set(from)
    return shape.length === 1 ? flat : rows(flat, shape)
  })
}

// Of what is compressed, all first bytes came first, then all second bytes.
function unshuffle(from, to, width) {
  const count = to.length / width
  for (let byte = 0; byte < width; byte++) {
    for (let i = 0; i < count; i++) to[i * width + byte] = from[byte * count + i]
  }
}

function rows(flat, [count, columns]) {
  return Array.from({ length: count }, (_, row) => flat.subarray(row * columns, (row + 1) * columns))
}
