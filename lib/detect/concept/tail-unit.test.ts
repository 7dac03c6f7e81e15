import { expect, test } from 'vitest'
import { startTail, tailOnset, watchTail } from '@/lib/detect/concept/tail-unit'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'

const size = (t: number) => Math.abs(normalQuantile(hashUniform('size', t)))

test('takes two residuals far beyond all for proof', () => {
  const unit = startTail(Array.from({ length: 2000 }, (_, t) => size(t)))
  let alarm = -1
  for (let t = 2000; t < 4000 && alarm < 0; t++) {
    const far = t >= 3000 && t % 60 === 0
    if (watchTail(unit, far ? 9 : size(t), 1 / 1_000_000) >= 1) alarm = t
  }
  expect([alarm, alarm - tailOnset(unit)]).toEqual([3060, 3000])
})

test('is off where there are too few rows, or none that differ', () => {
  expect(watchTail(startTail([1, 2, 3]), 1e9, 0.5)).toBe(0)
  expect(watchTail(startTail(new Array(2000).fill(1)), 1e9, 0.5)).toBe(0)
})
