import { describe, expect, it } from 'vitest'
import { numericFeature } from '@/lib/detect/drift/numeric/numeric-feature'
import { drive, predictionsOf } from '@/lib/detect/drift/test-drive'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'

const normal = (key: string, t: number) => normalQuantile(hashUniform(key, t))
const summary = (alarms: ReturnType<typeof drive>) =>
  alarms.map((a) => [a.subject.feature, a.eventIndex, a.onsetIndex, a.verdict])

describe('numeric feature drift', () => {
  it('finds a shift of half a standard deviation in the one feature that moved', () => {
    const alarms = drive(
      numericFeature,
      predictionsOf(6000, (t) => ({ x: normal('x', t) + (t >= 3000 ? 0.5 : 0), y: normal('y', t) })),
    )
    expect(summary(alarms)).toEqual([['x', 3075, 3000, 'benign-shift']])
    expect(alarms[0]?.effect).toBeGreaterThan(0.3)
    expect(alarms[0]?.why).toMatch(/^x rose 0\.\d+ σ: median /)
  })

  it('names a multiplied column a pipeline bug', () => {
    const alarms = drive(
      numericFeature,
      predictionsOf(4000, (t) => ({ x: Math.exp(0.3 * normal('x', t)) * (t >= 3000 ? 100 : 1) })),
    )
    expect(summary(alarms)).toEqual([['x', 3003, 3000, 'pipeline-bug']])
  })

  it('finds a few extreme rows', () => {
    const alarms = drive(
      numericFeature,
      predictionsOf(6000, (t) => ({ x: normal('x', t) + (t >= 3000 && hashUniform('hit', t) < 0.03 ? 5 : 0) })),
    )
    expect(summary(alarms)).toEqual([['x', 3080, 3044, 'benign-shift']])
  })

  it('re-arms on the new level, finds a further change, and says nothing of a return', () => {
    const level = (t: number) => (t < 3000 ? 0 : t < 6000 ? 2 : t < 9000 ? 4 : 0)
    const alarms = drive(
      numericFeature,
      predictionsOf(12_000, (t) => ({ x: normal('x', t) + level(t) })),
    )
    expect(summary(alarms)).toEqual([
      ['x', 3004, 3000, 'benign-shift'],
      ['x', 6012, 6000, 'benign-shift'],
    ])
  })

  it('is silent on strings, nulls and absent keys among the numbers', () => {
    const odd = [null, 'n/a', true, Number.NaN] as const
    const alarms = drive(
      numericFeature,
      predictionsOf(
        6000,
        (t): Record<string, never | number | string | boolean | null> =>
          t % 4 === 0 ? {} : { x: t % 3 === 0 ? (odd[t % 4] as string) : normal('x', t) },
      ),
    )
    expect(alarms).toEqual([])
  })

  it.each([
    ['normal', (s: number) => (t: number) => normal(`n${s}`, t)],
    ['heavy tails', (s: number) => (t: number) => normal(`h${s}`, t) / Math.sqrt(-Math.log(hashUniform(`k${s}`, t)))],
    ['integers', (s: number) => (t: number) => Math.round(3 * normal(`i${s}`, t))],
    [
      'AR(1) .7',
      (s: number) => {
        let x = 0
        return (t: number) => {
          x = 0.7 * x + normal(`a${s}`, t)
          return x
        }
      },
    ],
  ])('keeps its promise on %s', (_, make) => {
    // 30 streams of 4,000 watched lines, one false in 20,000 lines promised, half of it spent: 3 expected at most, 9 is more than three deviations above.
    let alarms = 0
    for (let s = 0; s < 30; s++) {
      const value = make(s)
      alarms += drive(
        numericFeature,
        predictionsOf(6000, (t) => ({ x: value(t) })),
        20_000,
      ).length
    }
    expect(alarms).toBeLessThanOrEqual(9)
  })
})
