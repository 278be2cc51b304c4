// The store of arrays that came as bytes, by the name of their content; parts.py describes the format.

const KEPT = 64
const TYPES = { float32: Float32Array, float64: Float64Array, int32: Int32Array }

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

// Returns a copy of the JSON in which every reference {part, array} is the array itself.
export function resolve(json) {
  if (Array.isArray(json)) return json.map(resolve)
  if (json === null || typeof json !== "object") return json
  if (typeof json.part === "string") return store.get(json.part)[json.array]
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, resolve(value)]))
}

function receive() {
  for (const bytes of globalThis.sigmascopeParts.splice(0)) {
    const { id, arrays } = unpack(bytes)
    store.set(id, store.get(id) ?? arrays())
    touch(id)
  }
  for (const check of [...waiting]) check()
  for (const id of [...store.keys()].slice(0, -KEPT)) store.delete(id)
}

function touch(id) {
  const arrays = store.get(id)
  store.delete(id)
  store.set(id, arrays)
}

function unpack(bytes) {
  const start = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, start)))
  return {
    id: header.id,
    arrays: () => {
      const aligned = bytes.slice(start).buffer
      return header.arrays.map((array) => view(aligned, array))
    },
  }
}

function view(buffer, { dtype, shape, offset }) {
  const flat = new TYPES[dtype](buffer, offset, shape.reduce((a, b) => a * b, 1))
  if (shape.length === 1) return flat
  const [rows, columns] = shape
  return Array.from({ length: rows }, (_, row) => flat.subarray(row * columns, (row + 1) * columns))
}

globalThis.sigmascopeParts ??= []
globalThis.addEventListener("sigmascope-part", receive)
receive()
