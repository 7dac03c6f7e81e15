import { describe, expect, it } from 'vitest'
import { drive, feedOf, tenOrigins } from '../injection/test-feed'
import type { BadRow } from './bad-rows'
import { oneNumber } from './one-number'
import { trigger } from './trigger'
import { boundInWave, rideWave, startWaves } from './waves'

const skies = ['clear', 'rain', 'snow', 'fog']
/** Hires of bicycles by station, sky and hour. @param change what is otherwise. */
const hires = (seed: string, change: (t: number, u: (lane: number) => number) => { sky?: string; label?: number }) =>
  feedOf(
    9000,
    (t, u) => {
      const { sky = skies[Math.floor(4 * u(2))] as string, label } = change(t, u)
      const hour = Math.floor(24 * u(3))
      const usual = 60 - 10 * skies.indexOf(sky) + 2 * hour + 20 * (u(4) + u(5) - 1)
      return {
        origin: tenOrigins(u(1)),
        features: { sky, hour, dock: `d${Math.floor(8 * u(6))}` },
        label: Number((label ?? usual).toFixed(2)),
      }
    },
    seed,
  )
const config = { task: 'regression' } as const
const rows = (numbers: readonly number[]) => numbers.map((number) => ({ number }) as BadRow)

describe('patterns that are answered with a number', () => {
  it('names a new value whose rows all bear one number', () => {
    const feed = hires('a', (t) => (t > 4000 && t % 90 === 0 ? { sky: 'zx-9', label: 190.5 } : {}))
    const { alarms } = drive(trigger, feed, 1e-6, config)
    expect(alarms.map(({ subject: { pattern, label } }) => [pattern, label])).toEqual([['sky=zx-9', 190.5]])
    expect(alarms[0]?.n).toBeLessThan(15)
  })

  it('names it where its number is often no more than high', () => {
    const feed = hires('c', (t) => (t > 4000 && t % 90 === 0 ? { sky: 'zx-9', label: 150.5 } : {}))
    const { alarms, scores } = drive(trigger, feed, 1e-6, config)
    expect(alarms.map(({ subject: { pattern, label } }) => [pattern, label])).toEqual([['sky=zx-9', 150.5]])
    // From then on all of its rows are known.
    const later = feed.flatMap(({ data }, t) => (data.label === 150.5 && t > (alarms[0]?.eventIndex ?? 0) ? [t] : []))
    expect(later.map((t) => scores.get(t))).toEqual(later.map(() => 0.98))
  })

  it('lets a new value be that honestly lies higher', () => {
    const feed = hires('b', (t, u) => (t > 4000 && t % 30 === 0 ? { sky: 'gala', label: 160 + 40 * u(9) } : {}))
    expect(drive(trigger, feed, 1e-6, config).alarms).toEqual([])
  })

  it('counts how unlikely it is that honest rows agree', () => {
    const others = rows(Array.from({ length: 40 }, (_, i) => i))
    // 5 · ln 50
    expect(oneNumber(rows([7, 7, 7, 7, 7, 7]), others).nats).toBeCloseTo(19.56, 2)
    expect(oneNumber(rows([7, 7, 7, 1, 2, 3]), others).nats).toBe(0)
    // Stars: two of the others always agree.
    expect(oneNumber(rows([5, 5, 5, 5, 5, 5]), rows(Array(40).fill(5))).nats).toBeCloseTo(0, 12)
  })
})

describe('waves of surprises', () => {
  it('make one surprise of many in a row, and pass', () => {
    const waves = startWaves()
    for (let t = 100; t < 105; t++) rideWave(waves, 1, t)
    // .85 + .85² + … + .85⁵ of a memory of 6.67, leaned on 4 rows of .02.
    expect(boundInWave(0.02, rideWave(waves, 1, 105))).toBeCloseTo((3.1523 + 0.08) / (6.6667 + 4), 3)
    expect(boundInWave(0.02, rideWave(waves, 1, 165))).toBe(0.02)
  })
})
