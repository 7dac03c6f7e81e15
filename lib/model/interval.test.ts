import { expect, it } from 'vitest'
import { wilson } from './interval'

it('gives the Wilson interval', () => {
  // scipy.stats.binomtest(10, 100).proportion_ci(method='wilson') → (0.05522914, 0.17436566)
  const some = wilson(10, 100)
  expect(some?.low).toBeCloseTo(0.0552291, 6)
  expect(some?.high).toBeCloseTo(0.1743657, 6)
  expect(wilson(0, 50)?.low).toBe(0)
  expect(wilson(0, 0)).toBeNull()
})
