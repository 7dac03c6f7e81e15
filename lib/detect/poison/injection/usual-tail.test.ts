import { expect, it } from 'vitest'
import { ageTail, raiseTail, startTail, tailScale } from './usual-tail'

it('takes for usual what other groups showed a thousand rows ago, not what they show beside it', () => {
  const tail = startTail()
  tail.groups = 2
  for (let row = 0; row <= 2048; row++) ageTail(tail, row)
  raiseTail(tail, 0, 0, 100)
  // Two templates of one flood: neither makes the other usual.
  for (let row = 2049; row < 4096; row++) {
    ageTail(tail, row)
    expect(tailScale(tail, 1, 0)).toBe(1)
  }
  ageTail(tail, 4096)
  // 100 / ln 3: the greatest of one other group; its own showing is no measure of itself.
  expect(tailScale(tail, 1, 0)).toBeCloseTo(91.02, 2)
  expect(tailScale(tail, 0, 100)).toBe(1)
})

it('goes by what is there in the first two thousand rows', () => {
  const tail = startTail()
  tail.groups = 2
  raiseTail(tail, 0, 0, 10)
  for (let row = 0; row < 2048; row++) ageTail(tail, row)
  expect(tailScale(tail, 1, 0)).toBeCloseTo(10 / Math.log(3), 6)
})
