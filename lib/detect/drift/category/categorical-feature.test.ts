import { describe, expect, it } from 'vitest'
import { categoricalFeature } from '@/lib/detect/drift/category/categorical-feature'
import { drive, predictionsOf } from '@/lib/detect/drift/test-drive'
import { hashUniform } from '@/lib/stats/hash-uniform'

const pick = (key: string, t: number, red: number) => {
  const u = hashUniform(key, t)
  return u < red ? 'red' : u < 0.7 ? 'green' : 'blue'
}
const summary = (alarms: ReturnType<typeof drive>) => alarms.map((a) => [a.subject.feature, a.eventIndex, a.onsetIndex])

describe('categorical feature drift', () => {
  it('finds a share .3 → .5', () => {
    const alarms = drive(
      categoricalFeature,
      predictionsOf(6000, (t) => ({ c: pick('c', t, t >= 3000 ? 0.5 : 0.3), d: pick('d', t, 0.3) })),
    )
    expect(summary(alarms)).toEqual([['c', 3061, 3000]])
    expect(alarms[0]?.why).toMatch(/^c: "(red|green)" went from [\d.]+ % to [\d.]+ % of the rows$/)
  })

  it('finds a category that the baseline did not know, from its first row', () => {
    const alarms = drive(
      categoricalFeature,
      predictionsOf(6000, (t) => ({ c: t >= 3000 && t % 10 === 0 ? 'new' : pick('c', t, 0.3) })),
    )
    expect(summary(alarms)).toEqual([['c', 3040, 3000]])
    expect(alarms[0]?.why).toContain('values that the baseline did not know')
  })

  it('names two columns that were swapped', () => {
    const alarms = drive(
      categoricalFeature,
      predictionsOf(4000, (t) => {
        const colour = pick('c', t, 0.3)
        const size = hashUniform('s', t) < 0.4 ? 'small' : 'large'
        return t >= 3000 ? { colour: size, size: colour } : { colour, size }
      }),
    )
    expect(alarms.map((a) => [a.kind, a.subject.features, a.onsetIndex])).toContainEqual([
      'quality.swap',
      ['colour', 'size'],
      3000,
    ])
    expect(new Set(alarms.map((a) => a.unit))).toEqual(new Set(['features=colour,size']))
  })

  it('leaves identifiers alone', () => {
    expect(
      drive(
        categoricalFeature,
        predictionsOf(4000, (t) => ({ id: `row ${t}` })),
      ),
    ).toEqual([])
  })

  it('keeps its promise on booleans, three levels and forty', () => {
    // 60 streams of 4,000 watched lines at one in 20,000, half spent: 6 expected at most; 14 is more than three deviations above.
    let alarms = 0
    for (let s = 0; s < 20; s++) {
      for (const value of [
        (t: number) => hashUniform(`b${s}`, t) < 0.03,
        (t: number) => pick(`c${s}`, t, 0.3),
        (t: number) => `v${Math.floor(40 * hashUniform(`f${s}`, t) ** 2)}`,
      ])
        alarms += drive(
          categoricalFeature,
          predictionsOf(6000, (t) => ({ x: value(t) })),
          20_000,
        ).length
    }
    expect(alarms).toBeLessThanOrEqual(14)
  })
})
