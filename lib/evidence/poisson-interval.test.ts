import { expect, it } from 'vitest'
import { poissonInterval } from './poisson-interval'

/** Half of the chi-squared quantiles of 2k and 2k + 2 degrees of freedom, from tables; the last one to two places. */
it.each([
  [0, 0, 3.688879, 4],
  [1, 0.025318, 5.571643, 4],
  [3, 0.618672, 8.767273, 4],
  [10, 4.795389, 18.390356, 4],
  [100, 81.36, 121.63, 1],
])('gives Garwood’s interval for %i', (count, low, high, places) => {
  const [a, b] = poissonInterval(count)
  expect(a).toBeCloseTo(low, places)
  expect(b).toBeCloseTo(high, places)
})
