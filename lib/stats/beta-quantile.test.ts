import { expect, it } from 'vitest'
import { betaCdf, betaQuantile } from './beta-quantile'

it('is the binomial tail at whole numbers', () => {
  // I_x(a, b) = P(Bin(a+b−1, x) ≥ a): at x = .5, a = 2, b = 3: P(Bin(4, .5) ≥ 2) = 11/16.
  expect(betaCdf(0.5, 2, 3)).toBeCloseTo(11 / 16, 12)
  // I_x(1, b) = 1 − (1 − x)^b, I_x(a, 1) = x^a.
  expect(betaCdf(0.1, 1, 3)).toBeCloseTo(1 - 0.9 ** 3, 12)
  expect(betaCdf(0.7, 50, 1)).toBeCloseTo(0.7 ** 50, 12)
})

it('is undone by its quantile', () => {
  // The rule of three, exactly: none of 100 wrong bounds the share at 1 − .05^(1/100).
  expect(betaQuantile(0.95, 1, 100)).toBeCloseTo(1 - 0.05 ** 0.01, 8)
  expect(betaQuantile(0.05, 1, 3)).toBeCloseTo(1 - 0.95 ** (1 / 3), 8)
})
