import { maxEventBytes } from '@/lib/event/decode'

/** One line of NDJSON as bytes, without its end (`\n` or `\r\n`). Of a line that is too large only its length is kept. */
export type Line = { readonly bytes: Buffer } | { readonly tooLarge: number }

/** Splits a stream of chunks into lines. Holds at most one event's bytes, however long a hostile line is. A last line needs no end. */
export async function* splitLines(chunks: AsyncIterable<Buffer>, maxBytes = maxEventBytes): AsyncGenerator<Line> {
  let parts: Buffer[] = []
  let length = 0
  const take = (part: Buffer): void => {
    length += part.length
    if (length <= maxBytes + 1) parts.push(part)
    else parts = []
  }
  const finish = (): Line => {
    const whole = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)
    const total = length
    parts = []
    length = 0
    if (total > maxBytes + 1) return { tooLarge: total }
    const bytes = whole.at(-1) === 0x0d ? whole.subarray(0, -1) : whole
    return bytes.length > maxBytes ? { tooLarge: bytes.length } : { bytes }
  }
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, start)) {
      take(chunk.subarray(start, end))
      yield finish()
      start = end + 1
    }
    if (start < chunk.length) take(chunk.subarray(start))
  }
  if (length > 0) yield finish()
}
