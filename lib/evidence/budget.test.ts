import { describe, expect, it } from 'vitest'
import { chargeLine, startBudget } from '@/lib/evidence/budget'

const day = 86_400_000
const start = 1_700_000_000_000
function spent(times: readonly number[], budget: Parameters<typeof startBudget>[0]): number {
  const state = startBudget(budget)
  return times.reduce((sum, time) => sum + chargeLine(state, time), 0)
}
const steady = (days: number, gapMs: number) =>
  Array.from({ length: Math.floor((days * day) / gapMs) }, (_, i) => start + i * gapMs)

describe('budget', () => {
  it('spends a third of k in perEvents lines', () => {
    expect(spent(new Array(1000).fill(start), { falseIncidents: 3, perEvents: 1000 })).toBeCloseTo(1, 9)
  })

  it('spends a third of one in 30 days by default', () => {
    expect(spent(steady(30, 60_000), undefined)).toBeCloseTo(1 / 3, 2)
  })

  it('gives a wrong date in the future next to nothing, and goes on', () => {
    const times = steady(30, 60_000)
    times[100] = start + 3650 * day
    expect(spent(times, undefined)).toBeLessThan(0.34)
  })

  it('never exceeds its bound on disordered, bursty, past and constant times', () => {
    const shuffled = steady(30, 600_000).map((time, i) => time + ((i * 7919) % 97) * 60_000)
    const bursty = steady(30, 60_000).map((time) => time - ((time - start) % (6 * 3_600_000)))
    for (const times of [shuffled, bursty, steady(30, 60_000).reverse(), new Array(40_000).fill(start)]) {
      expect(spent(times, undefined)).toBeLessThanOrEqual(
        (1 / 3) * ((Math.max(...times) - (times[0] ?? 0)) / (30 * day)) + times.length * 1e-7 + 1e-9,
      )
    }
  })

  it('leaves to a type that always comes late what its share of the lines is', () => {
    const state = startBudget(undefined)
    let late = 0
    let all = 0
    // Two labels a minute, on time; a prediction an hour behind.
    for (const time of steady(30, 60_000)) {
      all += chargeLine(state, time, 'label') + chargeLine(state, time + 30_000, 'label')
      const mass = chargeLine(state, time - 3_600_000, 'prediction')
      late += mass
      all += mass
    }
    expect(late).toBeCloseTo(1 / 9, 2)
    expect(all).toBeCloseTo(1 / 3, 2)
  })

  it('is not blind when time stands still', () => {
    expect(spent(new Array(10_000).fill(start), undefined)).toBeCloseTo(1e-3, 9)
  })
})
