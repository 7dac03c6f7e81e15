import fc from 'fast-check'
import { expect, it } from 'vitest'
import { BinCounts } from './bin-counts'

it('counts as a map does, whatever the bins, and reads them in order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -32768, max: 32767 }), { maxLength: 400 }), fc.nat(9), (bins, step) => {
      const counts = new BinCounts()
      const expected = new Map<number, number>()
      for (const each of bins) {
        // Multiples of a power of two meet in one slot.
        const bin = (each >> step) << step
        counts.add(bin)
        expected.set(bin, (expected.get(bin) ?? 0) + 1)
      }
      const { bins: sorted, count } = counts.sorted()
      expect([...sorted]).toEqual([...expected.keys()].sort((a, b) => a - b))
      expect([...sorted].map(count)).toEqual([...sorted].map((bin) => expected.get(bin)))
      expect(count(40_000)).toBe(0)
    }),
  )
})
