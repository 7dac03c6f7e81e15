import { expect, it } from 'vitest'
import { transpose } from '@/lib/detect/drift/joint/transpose'
import { uniformFrom } from '@/lib/stats/hash-uniform'

it('turns 32 words over, and leaves those beside them', () => {
  const words = Int32Array.from({ length: 40 }, (_, i) => Math.floor(uniformFrom(1, i) * 2 ** 32))
  const before = words.slice()
  transpose(words, 4)
  const bit = (of: Int32Array, word: number, at: number) => ((of[4 + word] as number) >>> at) & 1
  for (let r = 0; r < 32; r++) for (let c = 0; c < 32; c++) expect(bit(words, r, c)).toBe(bit(before, c, r))
  expect([...words.slice(0, 4), ...words.slice(36)]).toEqual([...before.slice(0, 4), ...before.slice(36)])
})
