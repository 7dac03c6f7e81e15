import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Line, splitLines } from './lines'

async function* from(...chunks: Buffer[]) {
  for (const chunk of chunks) yield chunk
}
const collect = async (chunks: AsyncIterable<Buffer>, max?: number): Promise<string[]> => {
  const lines: string[] = []
  for await (const line of splitLines(chunks, max)) lines.push(show(line))
  return lines
}
const show = (line: Line) => ('bytes' in line ? line.bytes.toString() : `too large: ${line.tooLarge}`)

describe('splitting lines', () => {
  it('gives the same lines however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.stringMatching(/^[a-zé]{0,6}$/)), fc.array(fc.nat(7)), async (words, cuts) => {
        const bytes = Buffer.from(words.map((w) => `${w}\n`).join(''))
        const chunks: Buffer[] = []
        let at = 0
        for (const cut of cuts) {
          chunks.push(bytes.subarray(at, at + cut))
          at += cut
        }
        chunks.push(bytes.subarray(at))
        expect(await collect(from(...chunks))).toEqual(words)
      }),
    )
  })

  it('takes \\r\\n, an empty line, and a last line with no end', async () => {
    expect(await collect(from(Buffer.from('a\r\n\nb')))).toEqual(['a', '', 'b'])
  })

  it('keeps of a line that is too large its length, and goes on', async () => {
    expect(await collect(from(Buffer.from('12345\n123456'), Buffer.from('78\nok\n')), 5)).toEqual([
      '12345',
      'too large: 8',
      'ok',
    ])
  })
})
