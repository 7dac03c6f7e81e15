import { describe, expect, it } from 'vitest'
import { comesAndGoes } from '@/lib/redteam/honest'
import { drive, feedOf, tenOrigins } from '../injection/test-feed'
import { mostStrata } from './strata'
import { stratumDeletion } from './stratum'
import { each } from './stratum-book'

type U = (lane: number) => number
const region = (u: number) => (u < 0.5 ? 'east' : u < 0.8 ? 'west' : 'north')
const row = (u: U) => ({
  origin: tenOrigins(u(1)),
  features: { plan: u(2) < 0.7 ? 'free' : 'paid', size: u(3) },
  segment: { region: region(u(4)) },
  label: u(5) < 0.4 ? 'yes' : 'no',
})
const without = (rows: number, seed: string, gone: (data: ReturnType<typeof row>, t: number, u: U) => boolean) => {
  const feed = feedOf(rows, (_, u) => row(u), seed)
  return feed.filter(
    ({ data }, t) =>
      !gone(data as unknown as ReturnType<typeof row>, t, (lane) => ((t * 7919 + lane * 104_729) % 10_007) / 10_007),
  )
}
const seeds = ['a', 'b', 'c', 'd']

describe('strata that are held back', () => {
  it('names the segment of which nine in ten are gone, at an exact line', () => {
    const feed = without(6000, 'a', (data, t, u) => t >= 4000 && data.segment.region === 'west' && u(1) < 0.9)
    const { alarms } = drive(stratumDeletion, feed)
    expect(alarms.map((a) => [a.eventIndex, a.onsetIndex, a.subject, a.verdict])).toEqual([
      [4127, 4000, { segment: { region: 'west' } }, 'poisoning'],
    ])
    expect(alarms[0]?.effect).toBeGreaterThan(0.75)
  })

  it.each(seeds)('names half of a segment, a category, a class (%s)', (seed) => {
    const half = without(12_000, seed, (data, t, u) => t >= 5000 && data.segment.region === 'west' && u(1) < 0.5)
    expect(drive(stratumDeletion, half).alarms.map((a) => a.subject)).toEqual([{ segment: { region: 'west' } }])
    const category = without(9000, seed, (data, t, u) => t >= 5000 && data.features.plan === 'paid' && u(1) < 0.85)
    expect(drive(stratumDeletion, category).alarms.map((a) => a.subject)).toEqual([{ segment: { plan: 'paid' } }])
    const label = without(9000, seed, (data, t, u) => t >= 5000 && data.label === 'yes' && u(1) < 0.85)
    expect(drive(stratumDeletion, label).alarms.map((a) => a.subject)).toEqual([{ label: 'yes' }])
  })

  it.each(seeds)('names a segment of which a third is gone (%s)', (seed) => {
    const third = without(14_000, seed, (data, t, u) => t >= 6000 && data.segment.region === 'west' && u(1) < 0.34)
    expect(drive(stratumDeletion, third).alarms.map((a) => a.subject)).toEqual([{ segment: { region: 'west' } }])
  })

  it.each(seeds)('names half of a segment though names are invented all the while (%s)', (seed) => {
    // A third of the rows, by 9,000 names: more than places, and than names that wait for one.
    const named = feedOf(
      12_000,
      (t, u) => ({ ...row(u), ...(u(9) < 0.33 ? { origin: { id: `name-${t % 9000}`, kind: 'user' } } : {}) }),
      seed,
    )
    const half = named.filter(({ data }, t) => t < 5000 || data.segment?.region !== 'west' || t % 2 === 0)
    expect(drive(stratumDeletion, half).alarms.map((a) => a.subject)).toEqual([{ segment: { region: 'west' } }])
    expect(drive(stratumDeletion, named).alarms).toEqual([])
  })

  it('says of a segment that is gone altogether, after a wait, that it may have ended honestly', () => {
    const feed = without(10_000, 'a', (data, t) => t >= 4000 && data.segment.region === 'west')
    const { alarms } = drive(stratumDeletion, feed)
    expect(alarms.map((a) => [a.subject, a.verdict])).toEqual([[{ segment: { region: 'west' } }, 'undetermined']])
    expect(alarms[0]?.eventIndex).toBeGreaterThan(4000 + 2500)
  })

  it.each(seeds)('accuses nobody of what moves honestly (%s)', (seed) => {
    const steady = feedOf(12_000, (_, u) => row(u), seed)
    const honest = {
      steady,
      'comes and goes': comesAndGoes({ onset: 0, where: { feature: 'region', value: 'west' }, turns: 8 })(steady, seed)
        .feed,
      'is gone for a while': without(
        12_000,
        seed,
        (data, t) => t >= 5000 && t < 6500 && data.segment.region === 'west',
      ),
      'a source retires': feedOf(
        12_000,
        (t, u) => {
          const origin = tenOrigins(u(1))
          const west = origin.id === 'o-3' && u(6) < 0.95
          return {
            ...row(u),
            origin: t > 6000 && origin.id === 'o-3' ? tenOrigins(u(7) * 0.3) : origin,
            segment: { region: west && t <= 6000 ? 'west' : u(8) < 0.6 ? 'east' : 'north' },
          }
        },
        seed,
      ),
      'a source takes over': feedOf(
        12_000,
        (t, u) =>
          t > 6000 && row(u).segment.region === 'west' && u(6) < 0.7
            ? { ...row(u), origin: { id: 'new', kind: 'vendor' } }
            : row(u),
        seed,
      ),
      'another surges': steady.flatMap((event, t) =>
        t > 6000 && t < 9000
          ? [event, { ...event, id: `${event.id}-again`, data: { ...event.data, segment: { region: 'east' } } }]
          : [event],
      ),
      outage: steady.filter((_, t) => t < 6000 || t > 7000 || t % 8 === 0),
      'a wandering mix': feedOf(
        12_000,
        (t, u) => ({
          ...row(u),
          segment: { region: region(Math.min(0.999, Math.max(0, u(4) + 0.25 * Math.sin(t / 500)))) },
        }),
        seed,
      ),
      'in runs': feedOf(
        12_000,
        (t, u) => ({ ...row(u), segment: { region: region(((Math.floor(t / 70) * 7919) % 1009) / 1009) } }),
        seed,
      ),
      'the rule changes': feedOf(
        12_000,
        (t, u) => ({ ...row(u), label: u(5) < (t > 6000 ? 0.18 : 0.4) ? 'yes' : 'no' }),
        seed,
      ),
    }
    for (const [name, feed] of Object.entries(honest))
      expect([name, drive(stratumDeletion, feed).alarms.map((a) => a.why)]).toEqual([name, []])
  })

  it('keeps its promise on strata of chance', () => {
    // 8 streams, 4,000 watched rows each, at a mass of 1 in 8,000: 4 expected at most; what is also asked for (the clock, the fall) leaves fewer.
    let alarms = 0
    for (let s = 0; s < 8; s++)
      alarms += drive(
        stratumDeletion,
        feedOf(6000, (_, u) => row(u), `null ${s}`),
        1 / 8000,
      ).alarms.length
    expect(alarms).toBeLessThanOrEqual(4)
  })

  it('keeps its strata whatever values are invented', () => {
    const feed = feedOf(9000, (t, u) => {
      const made = row(u)
      if (t < 2000 || t % 2 === 0) return made
      return { ...made, features: { ...made.features, plan: `invented ${t}`, [`key ${t}`]: 'x' } }
    }).filter(({ data }, t) => t < 6000 || data.segment?.region !== 'west' || t % 10 === 0)
    const { alarms, state } = drive(stratumDeletion, feed)
    expect(alarms.map((a) => a.subject)).toEqual([{ segment: { region: 'west' } }])
    expect(state.strata.made.length).toBeLessThanOrEqual(mostStrata)
    expect(state.strata.keys.size).toBeLessThanOrEqual(24)
    expect(state.book.numbers.length).toBe(mostStrata * each)
  })
})
