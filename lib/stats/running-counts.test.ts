import { expect, test } from 'vitest'
import { addCount, placeAmong, runningCounts } from '@/lib/stats/running-counts'

test('sums agree with plain counts, however many values are not folded in yet', () => {
  const plain = Array.from({ length: 61 }, (_, b) => b % 4)
  const counts = runningCounts(plain)
  for (let i = 0; i < 100; i++) {
    const bin = (i * i * 7) % 61
    addCount(counts, bin)
    plain[bin] = (plain[bin] as number) + 1
    for (let b = 0; b < 61; b++) {
      const below = plain.slice(0, b).reduce((x, y) => x + y, 0)
      expect(placeAmong(counts, b, 0, 0)).toBe(below)
      expect(placeAmong(counts, b, 0.25, 1)).toBe(below + 0.25 * ((plain[b] as number) + 1))
    }
  }
})

test('the last bin of 256 counts too', () => {
  const counts = runningCounts(new Array(256).fill(1))
  for (let i = 0; i < 40; i++) addCount(counts, 255)
  expect([placeAmong(counts, 255, 0, 0), placeAmong(counts, 255, 1, 0)]).toEqual([255, 296])
})
