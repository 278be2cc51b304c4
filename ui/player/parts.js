// The store of arrays that came as bytes, by the name of their content; parts.py describes the format.

const KEPT = 64
const TYPES = { float32: Float32Array, float64: Float64Array, int32: Int32Array, uint8: Uint8Array }

const store = new Map() // in order of last use
const waiting = new Set()

export function ready(ids) {
  return new Promise((resolve) => {
    const check = () => {
      if (!ids.every((id) => store.has(id))) return
      waiting.delete(check)
      ids.forEach(touch)
      resolve()
    }
    waiting.add(check)
    check()
  })
}

// Returns the figures that a part outlines, with their arrays.
export function figuresOf(id) {
  const [text] = store.get(id)
  return resolve(JSON.parse(new TextDecoder().decode(text)))
}

function resolve(json) {
  if (Array.isArray(json)) return json.map(resolve)
  if (json === null || typeof json !== "object") return json
  if (typeof json.part === "string") return store.get(json.part)[json.array]
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, resolve(value)]))
}

async function receive() {
  await Promise.all(globalThis.sigmascopeParts.splice(0).map(keep))
  for (const check of [...waiting]) check()
  for (const id of [...store.keys()].slice(0, -KEPT)) store.delete(id)
}

async function keep(bytes) {
  const start = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, start)))
  const arrays = store.get(header.id) ?? unpack(header, await inflate(bytes.subarray(start)))
  store.delete(header.id)
  store.set(header.id, arrays)
}

function touch(id) {
  const arrays = store.get(id)
  store.delete(id)
  store.set(id, arrays)
}

async function inflate(bytes) {
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))
  return new Uint8Array(await new Response(plain).arrayBuffer())
}

function unpack(header, payload) {
  let offset = 0
  return header.arrays.map(({ dtype, shape }) => {
    const flat = new TYPES[dtype](shape.reduce((a, b) => a * b, 1))
    const size = flat.byteLength
    unshuffle(payload.subarray(offset, offset + size), new Uint8Array(flat.buffer), flat.BYTES_PER_ELEMENT)
    offset += size
    return shape.length === 1 ? flat : rows(flat, shape)
  })
}

// All first bytes came first, then all second bytes.
function unshuffle(from, to, width) {
  const count = to.length / width
  for (let byte = 0; byte < width; byte++) {
    for (let i = 0; i < count; i++) to[i * width + byte] = from[byte * count + i]
  }
}

function rows(flat, [count, columns]) {
  return Array.from({ length: count }, (_, row) => flat.subarray(row * columns, (row + 1) * columns))
}

globalThis.sigmascopeParts ??= []
globalThis.addEventListener("sigmascope-part", receive)
receive()
