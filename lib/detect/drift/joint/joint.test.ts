import { describe, expect, it } from 'vitest'
import { jointDependence } from '@/lib/detect/drift/joint/joint'
import { betOn } from '@/lib/detect/drift/joint/witness'
import { drive, predictionsOf } from '@/lib/detect/drift/test-drive'
import type { FeatureValue } from '@/lib/event/types'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'

const normal = (key: string, t: number) => normalQuantile(hashUniform(key, t))
const summary = (alarms: ReturnType<typeof drive>) =>
  alarms.map((a) => [a.subject.features, a.eventIndex, a.onsetIndex])
const with3 = (key: string, row: (t: number) => Record<string, FeatureValue>, rows = 8000) =>
  predictionsOf(rows, (t) => ({
    n: normal(`n${key}`, t),
    m: normal(`m${key}`, t),
    k: hashUniform(`k${key}`, t) < 0.3 ? 'p' : 'q',
    ...row(t),
  }))

describe('how features hang together beyond correlation', () => {
  it('finds an either-or of three that ends, though no pair of them ever hung together', () => {
    const stream = with3('1', (t) => {
      const [a, b, c] = [normal('a1', t), normal('b1', t), normal('c1', t)]
      return { a, b, c: t < 4000 && a * b !== 0 ? Math.sign(a * b) * Math.abs(c) : c }
    })
    const alarms = drive(jointDependence, stream)
    expect(summary(alarms)).toEqual([[['a', 'b', 'c'], 4258, 4000]])
    expect(alarms[0]?.why).toMatch(/^a, b and c hang together in another way/)
  })

  it('finds a number that lets go of a category', () => {
    const stream = with3('2', (t) => {
      const group = Math.floor(3 * hashUniform('g2', t))
      const told = t < 4000 ? group : Math.floor(3 * hashUniform('h2', t))
      return { group: ['x', 'y', 'z'][group] as string, amount: told + normal('a2', t) }
    })
    expect(summary(drive(jointDependence, stream))).toEqual([[['group', 'amount'], 4688, 4004]])
  })

  it('says nothing of a return', () => {
    const stream = with3(
      '3',
      (t) => {
        const a = normal('a3', t)
        const spread = t < 4000 || t >= 8000 ? (a > 0 ? 2 : 0.5) : hashUniform('s3', t) < 0.5 ? 2 : 0.5
        return { a, b: spread * normal('b3', t) }
      },
      12_000,
    )
    expect(summary(drive(jointDependence, stream))).toEqual([[['a', 'b'], 4291, 4000]])
  })

  it('bets with expectation 1 on a uniform rank, whatever the shares and the ratios are', () => {
    const grid = 3000
    let sum = 0
    for (let i = 0; i < grid; i++) {
      // All rows of the bag in one level: the rank is the uniform number itself.
      const witness = {
        features: [0, 1],
        products: [],
        levels: new Uint8Array(16),
        ratios: Float64Array.of(0.1, 0.7, 3),
        shares: Float64Array.of(0.2, 0.5, 0.3),
        counts: Float64Array.of(8, 0, 0),
        rows: 8,
      }
      sum += betOn(witness, 0, new Float64Array(2), 0, 1, (i + 0.5) / grid)
    }
    expect(sum / grid).toBeCloseTo(1, 6)
  })

  it('keeps its promise on independent, correlated and serially correlated columns', () => {
    // 15 streams of 6,000 watched lines at one in 5,000, half spent: 9 expected at most; 18 is three deviations above.
    let alarms = 0
    for (let s = 0; s < 5; s++) {
      let x = 0
      for (const row of [
        (t: number) => ({ a: normal(`a${s}`, t), b: normal(`b${s}`, t), c: normal(`c${s}`, t), d: normal(`d${s}`, t) }),
        (t: number) => ({ a: normal(`a${s}`, t), b: normal(`a${s}`, t) * normal(`b${s}`, t), c: normal(`b${s}`, t) }),
        (t: number) => {
          x = 0.7 * x + normal(`a${s}`, t)
          return { x, y: x * normal(`b${s}`, t), z: normal(`c${s}`, t) }
        },
      ])
        alarms += drive(jointDependence, predictionsOf(8000, row), 5000).length
    }
    expect(alarms).toBeLessThanOrEqual(18)
  })
})
