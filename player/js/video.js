// A video of pictures on a canvas, encoded by the browser, one picture after the other and none by the wall's clock.

import { Mp4 } from "./mp4.js"

export const RATE = 30 // pictures a second
const KEY = 60 // pictures from one that needs no other to the next
const QUEUE = 4 // pictures that the encoder has before it, at most
const BREATH = 8 // pictures from one pause for the page to the next
const CODECS = ["avc1.640028", "avc1.4d0028", "avc1.42e028", "vp09.00.40.08"] // what plays everywhere first

// Returns the file with `count` pictures; draw(i): puts picture i on the canvas. report(share): told how far it is.
// Throws what `signal` was aborted with, and a NotSupportedError where the browser can encode none of CODECS.
export async function video(canvas, count, draw, { report, signal }) {
  const codec = await usable(canvas)
  let mp4
  let failure
  const encoder = new VideoEncoder({
    output: (chunk, metadata) => {
      const { width, height } = canvas
      mp4 ??= new Mp4({ width, height, rate: RATE, codec, description: bytesOf(metadata.decoderConfig?.description) })
      const bytes = new Uint8Array(chunk.byteLength)
      chunk.copyTo(bytes)
      mp4.add(bytes, chunk.type === "key")
    },
    error: (error) => (failure = error),
  })
  try {
    encoder.configure(settings(canvas, codec))
    for (let i = 0; i < count; i++) {
      await draw(i)
      encode(encoder, canvas, i)
      report((i + 1) / count)
      if (i % BREATH === 0) await pause()
      while (encoder.encodeQueueSize > QUEUE) await pause()
      signal.throwIfAborted()
      if (failure) throw failure
    }
    await encoder.flush()
  } finally {
    if (encoder.state !== "closed") encoder.close()
  }
  if (failure) throw failure
  return mp4.blob
}

function encode(encoder, canvas, i) {
  const frame = new VideoFrame(canvas, { timestamp: Math.round((1e6 * i) / RATE), duration: Math.round(1e6 / RATE) })
  encoder.encode(frame, { keyFrame: i % KEY === 0 })
  frame.close()
}

// The first codec with which a picture was really encoded: some browsers say that they can, and throw.
async function usable(canvas) {
  for (const codec of globalThis.VideoEncoder ? CODECS : []) {
    if (await isUsable(canvas, codec)) return codec
  }
  throw new DOMException("no codec", "NotSupportedError")
}

async function isUsable(canvas, codec) {
  let chunks = 0
  let encoder
  try {
    if (!(await VideoEncoder.isConfigSupported(settings(canvas, codec))).supported) return false
    encoder = new VideoEncoder({ output: () => chunks++, error: () => {} })
    encoder.configure(settings(canvas, codec))
    encode(encoder, canvas, 0)
    await encoder.flush()
  } catch {
    return false
  } finally {
    if (encoder && encoder.state !== "closed") encoder.close()
  }
  return chunks > 0
}

function settings({ width, height }, codec) {
  const bitrate = Math.round(width * height * RATE * 0.12)
  return { codec, width, height, bitrate, framerate: RATE, ...(codec.startsWith("avc1") && { avc: { format: "avc" } }) }
}

function bytesOf(source) {
  if (!source) return new Uint8Array()
  return source instanceof ArrayBuffer ? new Uint8Array(source.slice(0)) : new Uint8Array(source.buffer.slice(0))
}

// Lets the browser do what else there is to do.
function pause() {
  return new Promise((resolve) => setTimeout(resolve))
}
