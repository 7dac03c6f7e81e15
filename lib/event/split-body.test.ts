import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitBody } from './split-body'

async function* chunks(text: string, size: number) {
  const bytes = Buffer.from(text)
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
}
async function split(text: string, size = 7, max = 1000) {
  const parts: (string | number)[] = []
  for await (const part of splitBody(chunks(text, size), max))
    parts.push(part.bytes ? part.bytes.toString() : part.size)
  return parts
}

describe('splitting a body', () => {
  it('reads lines, with either ending, and leaves blank ones out', async () => {
    expect(await split('{"a":1}\r\n\n  \n{"b":2}\n')).toEqual(['{"a":1}', '{"b":2}'])
    expect(await split('\ufeff{"a":1}\n{"b":2}')).toEqual(['{"a":1}', '{"b":2}'])
    expect(await split(' \n ')).toEqual([])
  })
  it('reads an array, whatever its strings hold', async () => {
    expect(await split('[ {"a":"],[{\\"\\\\"} , {"b":[1,{"c":2}]}\n,3 ]')).toEqual([
      '{"a":"],[{\\"\\\\"}',
      '{"b":[1,{"c":2}]}',
      '3',
    ])
    expect(await split('[]')).toEqual([])
  })
  it('hands on what is broken as parts that a decoder will refuse', async () => {
    expect(await split('[{"a":1},{"b":')).toEqual(['{"a":1}', '{"b":'])
    expect(await split('[{"a":1}] more')).toEqual(['{"a":1}', 'more'])
    expect(await split('{"a":1\nno json\n{"b":2}')).toEqual(['{"a":1', 'no json', '{"b":2}'])
  })
  it('keeps the parts around one that is too long', async () => {
    expect(await split(`{"a":1}\n${'x'.repeat(5000)}\n{"b":2}`, 64)).toEqual(['{"a":1}', 5000, '{"b":2}'])
    expect(await split('x'.repeat(1000), 1)).toEqual(['x'.repeat(1000)])
    expect(await split('x'.repeat(1001), 1)).toEqual([1001])
  })
  it('gives every value of an array back, however the body is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue(), { minLength: 1 }),
        fc.integer({ min: 1, max: 40 }),
        async (values, size) => {
          const parts = await split(JSON.stringify(values, null, 1), size, 1e6)
          expect(parts.map((part) => JSON.parse(String(part)))).toEqual(JSON.parse(JSON.stringify(values)))
        },
      ),
      { numRuns: 200 },
    )
  })
})
