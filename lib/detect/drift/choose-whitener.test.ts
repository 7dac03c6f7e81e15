import { expect, test } from 'vitest'
import { chooseWhitener } from '@/lib/detect/drift/choose-whitener'
import { hashUniform } from '@/lib/stats/hash-uniform'

const normal = (t: number) =>
  Math.sqrt(-2 * Math.log(hashUniform('r', t))) * Math.cos(2 * Math.PI * hashUniform('a', t))

test('takes means of blocks where calm and wild stretches take turns, and leaves independent values as they are', () => {
  // GARCH(1, 1), .05 + .1 x² + .85 v: neighbours are uncorrelated, their sizes are not.
  let variance = 1
  let last = 0
  const returns = Array.from({ length: 2000 }, (_, t) => {
    variance = 0.05 + 0.1 * last * last + 0.85 * variance
    last = Math.sqrt(variance) * normal(t)
    return last
  })
  expect(chooseWhitener(returns, false, null, false, true).kind).toBe('block')
  expect(chooseWhitener(returns, false, null, false, false).kind).not.toBe('block')
  const independent = Array.from({ length: 2000 }, (_, t) => normal(t) ** 3)
  expect(chooseWhitener(independent, false, null, false, true).kind).toBe('raw')
})
