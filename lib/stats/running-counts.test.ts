import { expect, test } from 'vitest'
import { addCount, placeAmong, runningCounts } from '@/lib/stats/running-counts'

test('sums agree with plain counts, however many values are not folded in yet', () => {
  const plain = Array.from({ length: 61 }, (_, b) => b % 4)
  const counts = runningCounts(plain)
  for (let i = 0; i < 600; i++) {
    const bin = (i * i * 7) % 61
    addCount(counts, bin)
    plain[bin] = (plain[bin] as number) + 1
    if (i % 9 > 0) continue
    for (let b = 0; b < 61; b++) {
      const below = plain.slice(0, b).reduce((x, y) => x + y, 0)
      expect(placeAmong(counts, b, 0, 0)).toBe(below)
      expect(placeAmong(counts, b, 0.25, 1)).toBe(below + 0.25 * ((plain[b] as number) + 1))
    }
  }
})

test('a tally of one bin only is folded in before it is full', () => {
  for (const bin of [0, 3, 15, 16, 47, 63]) {
    const counts = runningCounts(new Array(64).fill(1))
    for (let i = 0; i < 700; i++) addCount(counts, bin)
    expect([placeAmong(counts, bin, 0, 0), placeAmong(counts, bin, 1, 0)]).toEqual([bin, bin + 701])
    if (bin < 63) expect(placeAmong(counts, 63, 0, 0)).toBe(763)
  }
})
