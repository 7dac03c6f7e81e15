import { expect, it } from 'vitest'
import { fenwickAdd, fenwickAt, fenwickBelow, fenwickFrom } from '@/lib/stats/fenwick'

it('sums the counts below a bin as adding them one by one would', () => {
  const counts = [3, 0, 5, 1, 1, 8, 2]
  const tree = fenwickFrom(counts)
  fenwickAdd(tree, 3, 4)
  expect(counts.map((_, bin) => fenwickBelow(tree, bin))).toEqual([0, 3, 3, 8, 13, 14, 22])
  expect(fenwickBelow(tree, 7)).toBe(24)
  expect(fenwickAt(tree, 3)).toBe(5)
})
