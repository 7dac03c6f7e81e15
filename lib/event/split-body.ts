/** One event of a body: its bytes; `null` where it is longer than allowed, `size` then says how long at least. */
export interface BodyPart {
  readonly bytes: Buffer | null
  /** The first bytes of what was too long. */
  readonly head: Buffer
  readonly size: number
}

const newline = 0x0a
const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const openBracket = 0x5b
const closeBracket = 0x5d
const openBrace = 0x7b
const closeBrace = 0x7d
const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
const headBytes = 4096

/**
 * Splits a body into events as it arrives: the elements of a JSON array where it begins with `[`, else its lines (NDJSON), blank ones left out. Knows no
 * JSON beyond brackets and strings: each part is judged by its decoder, so a broken one never spoils the others.
 * @param maxBytes longest part that is kept; of a longer one only the head
 */
export async function* splitBody(body: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<BodyPart> {
  let mode: 'unknown' | 'lines' | 'array' | 'after' = 'unknown'
  let part = startPart(maxBytes)
  let depth = 0
  let inString = false
  let escaped = false
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    let from = 0
    const cut = function* (to: number) {
      part.take(bytes.subarray(from, to))
      from = to + 1
      const done = part.end()
      part = startPart(maxBytes)
      if (done) yield done
    }
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] as number
      if (mode === 'unknown') {
        // A byte order mark is no part of the first event.
        if (isSpace(byte) || byte === 0xef || byte === 0xbb || byte === 0xbf) {
          from = i + 1
          continue
        }
        mode = byte === openBracket ? 'array' : 'lines'
        if (mode === 'array') {
          from = i + 1
          continue
        }
      }
      if (mode === 'lines' || mode === 'after') {
        if (byte === newline) yield* cut(i)
      } else if (inString) {
        if (escaped) escaped = false
        else if (byte === backslash) escaped = true
        else if (byte === quote) inString = false
      } else if (byte === quote) inString = true
      else if (byte === openBrace || byte === openBracket) depth++
      else if (byte === closeBracket && depth === 0) {
        // Whatever follows the array is refused as a line of its own.
        mode = 'after'
        yield* cut(i)
      } else if (byte === closeBrace || byte === closeBracket) depth = Math.max(0, depth - 1)
      else if (byte === comma && depth === 0) yield* cut(i)
    }
    part.take(bytes.subarray(from))
  }
  const last = part.end()
  if (last) yield last
}

function startPart(maxBytes: number) {
  let pieces: Buffer[] = []
  let size = 0
  let kept = 0
  return {
    take(piece: Buffer) {
      size += piece.length
      if (size > maxBytes + 1) {
        // A trailing carriage return may still be cut off; beyond that only the head is worth keeping.
        if (kept > headBytes) pieces = [Buffer.concat(pieces).subarray(0, headBytes)]
        kept = Math.min(kept, headBytes)
        if (kept < headBytes && piece.length > 0) {
          pieces.push(Buffer.from(piece.subarray(0, headBytes - kept)))
          kept = Math.min(headBytes, kept + piece.length)
        }
        return
      }
      // A copy: the chunk's memory may be used again.
      if (piece.length > 0) pieces.push(Buffer.from(piece))
      kept += piece.length
    },
    end(): BodyPart | null {
      const whole = pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces)
      let from = 0
      let to = whole.length
      while (from < to && isSpace(whole[from] as number)) from++
      while (to > from && isSpace(whole[to - 1] as number)) to--
      const bytes = whole.subarray(from, to)
      if (size > maxBytes + 1 || bytes.length > maxBytes)
        return { bytes: null, head: bytes.subarray(0, headBytes), size }
      return bytes.length > 0 ? { bytes, head: bytes, size: bytes.length } : null
    },
  }
}
