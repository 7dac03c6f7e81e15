import { describe, expect, it } from 'vitest'
import { pairDependence } from '@/lib/detect/drift/pair/pair'
import { drive, predictionsOf } from '@/lib/detect/drift/test-drive'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'

const normal = (key: string, t: number) => normalQuantile(hashUniform(key, t))
const summary = (alarms: ReturnType<typeof drive>) =>
  alarms.map((a) => [a.subject.features, a.eventIndex, a.onsetIndex])
const joint = (key: string, rho: (t: number) => number) =>
  predictionsOf(7000, (t) => {
    const a = normal(`a${key}`, t)
    const r = rho(t)
    return { a, b: r * a + Math.sqrt(1 - r * r) * normal(`b${key}`, t), c: normal(`c${key}`, t), d: 'x' }
  })

describe('the dependence of two features', () => {
  it('finds a correlation that ends, though each feature stays as it was', () => {
    const alarms = drive(
      pairDependence,
      joint('1', (t) => (t < 4000 ? 0.6 : 0)),
    )
    expect(summary(alarms)).toEqual([[['a', 'b'], 4039, 4000]])
    expect(alarms[0]?.why).toMatch(/^a and b went from a correlation of 0\.[56]\d* to /)
  })

  it('finds a correlation that begins', () => {
    const alarms = drive(
      pairDependence,
      joint('2', (t) => (t < 4000 ? 0 : 0.5)),
    )
    expect(summary(alarms)).toEqual([[['a', 'b'], 4207, 4000]])
  })

  it('says nothing of a return', () => {
    const alarms = drive(
      pairDependence,
      joint('3', (t) => (t < 3000 || t >= 5000 ? 0.8 : 0)),
    )
    expect(alarms.length).toBe(1)
  })

  it('keeps its promise on independent, correlated and serially correlated columns', () => {
    // 30 streams of 4,000 watched lines at one in 20,000, half spent: 3 expected at most; 9 is more than three deviations above.
    let alarms = 0
    for (let s = 0; s < 10; s++) {
      let x = 0
      let y = 0
      for (const row of [
        (t: number) => ({ a: normal(`a${s}`, t), b: normal(`b${s}`, t), c: normal(`c${s}`, t) }),
        (t: number) => ({
          a: normal(`a${s}`, t),
          b: normal(`a${s}`, t) + normal(`b${s}`, t),
          c: Math.exp(normal(`a${s}`, t)),
        }),
        (t: number) => {
          x = 0.7 * x + normal(`a${s}`, t)
          y = 0.5 * y + normal(`a${s}`, t) + normal(`b${s}`, t)
          return { x, y }
        },
      ])
        alarms += drive(pairDependence, predictionsOf(6000, row), 20_000).length
    }
    expect(alarms).toBeLessThanOrEqual(9)
  })
})
