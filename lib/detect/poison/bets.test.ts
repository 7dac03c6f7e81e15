import { expect, test } from 'vitest'
import { borne, honestBound, spreadOf, stakes } from '@/lib/detect/poison/bets'

test('an honest source gains nothing on average, however its mix is tilted up to .4 and its errors fall up to 15 %', () => {
  for (const p of [0.004, 0.02, 0.2, 0.5, 0.75]) {
    for (const tilt of [-0.4, 0, 0.2, 0.4]) {
      for (const careless of [0, 0.05, 0.15]) {
        const odds = Math.exp(tilt)
        const tilted = (p * odds) / (1 + p * (odds - 1))
        const hit = (1 - careless) * tilted + careless * (1 - tilted)
        for (const stake of stakes) {
          const expectation = hit * (1 - stake + stake / honestBound(p, 0.15)) + (1 - hit) * (1 - stake)
          expect(expectation).toBeLessThanOrEqual(1 + 1e-12)
        }
      }
    }
  }
})

test('bears 15 % of an unknown source, then what its history shows, never under 8 %', () => {
  expect(borne(10, 0)).toBe(0.15)
  expect(borne(2000, 0)).toBe(0.08)
  // 5 % in 400 rows: .05 + 2·√(.05·.95/400) + .02 = .0918
  expect(borne(400, 20)).toBeCloseTo(0.0918, 4)
  expect(borne(400, 200)).toBe(0.15)
})

test('careless errors of ten classes fall on one of them at most twice as often as evenly', () => {
  expect([spreadOf(0, 10), spreadOf(1, 2), spreadOf(1, 3), spreadOf(1, 10)]).toEqual([1, 1, 1, 2 / 9])
})
