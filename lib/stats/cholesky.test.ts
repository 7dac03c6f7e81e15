import { expect, it } from 'vitest'
import { choleskyFactor, choleskySolve } from '@/lib/stats/cholesky'

// A = [4 2; 2 3], b = [8, 7]: L = [2 0; 1 √2], and w = [1.25, 1.5] by Cramer's rule (det 8: (24 − 14)/8, (28 − 16)/8).
it('factors and solves', () => {
  const low = choleskyFactor([4, 2, 3], 2, 0) as Float64Array
  expect([...low]).toEqual([2, 0, 1, Math.SQRT2])
  const [a, b] = choleskySolve(low, [8, 7])
  expect(a).toBeCloseTo(1.25, 12)
  expect(b).toBeCloseTo(1.5, 12)
})

it('takes a ridge, and says when there is no factor', () => {
  expect(choleskyFactor([1, 2, 1], 2, 0)).toBeNull()
  expect(choleskyFactor([1, 2, 1], 2, 3)).not.toBeNull()
})
