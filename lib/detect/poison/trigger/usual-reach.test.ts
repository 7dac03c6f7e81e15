import { expect, it } from 'vitest'
import { countRow, startUsualReach, suspicionAt } from './usual-reach'

/** So many rows, on one in `every` of which evidence comes to so many nats. */
function after(rows: number, every: number, nats: number) {
  const usual = startUsualReach()
  for (let i = 0; i < rows; i++) {
    countRow(usual)
    if (i % every === 0) suspicionAt(usual, nats)
  }
  return usual
}

it('where evidence never comes far, a little says much; where it often does, a little says nothing', () => {
  expect(suspicionAt(after(4000, 1e9, 0), 9)).toBeGreaterThan(0.6)
  expect(suspicionAt(after(4000, 20, 9.5), 9)).toBeLessThan(0.02)
  expect(suspicionAt(after(4000, 20, 4), 9)).toBeGreaterThan(0.6)
})

it('is what the formula gives', () => {
  // No row yet, six nats: S = 2 / 500.
  expect(suspicionAt(startUsualReach(), 6)).toBeCloseTo(3e-4 / (3e-4 + 2 / 500), 12)
  // Sixty-three rows, one of them at seven nats: S = (1 + 2·e^−.5) / 563.
  const usual = startUsualReach()
  for (let i = 0; i < 63; i++) countRow(usual)
  suspicionAt(usual, 7.2)
  expect(suspicionAt(usual, 7)).toBeCloseTo(3e-4 / (3e-4 + (1 + 2 * Math.exp(-0.5)) / 563), 12)
})

it('forgets', () => {
  const usual = after(4000, 20, 9.5)
  for (let i = 0; i < 40_000; i++) countRow(usual)
  expect(suspicionAt(usual, 9)).toBeGreaterThan(0.6)
})
