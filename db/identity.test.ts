import { expect, it } from 'vitest'
import { identityHash, identityRange, writeIdentity } from './identity'

it('writes the same hash as bytes as it does as digits, and finds it by its id', () => {
  const out = new Uint8Array(20)
  for (const [source, id] of [
    ['/feeds/reviews', 't-000017'],
    ['/quelle/ü', 'ид-1 😀'],
    ['a', 'b'],
  ] as const) {
    writeIdentity(out, 4, source, id)
    expect(Buffer.from(out.subarray(4)).toString('hex')).toBe(identityHash(source, id))
    const [low, high] = identityRange(id).map((text) => text.replaceAll('-', ''))
    const digits = identityHash(source, id)
    expect(digits >= (low as string) && digits <= (high as string)).toBe(true)
  }
})
