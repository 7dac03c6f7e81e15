import { describe, expect, it } from 'vitest'
import { flood } from './flood'
import { rowsKept } from './near'
import { drive, feedOf, tenOrigins, wordsOf } from './test-feed'

const text = 'win a free phone today only click here to claim your prize before midnight and tell your friends'
const near = (u: (lane: number) => number) =>
  text
    .split(' ')
    .map((word, w) => (w === Math.floor(18 * u(3)) ? `x${Math.floor(1e6 * u(4))}` : word))
    .join(' ')
const mail = (u: (lane: number) => number) => ({
  origin: tenOrigins(u(1)),
  features: {},
  text: wordsOf(u, 14),
  label: u(2) < 0.5 ? 'ham' : 'spam',
})
const from = (id: string) => ({ id, kind: 'vendor' })
const seeds = ['a', 'b', 'c', 'd']

describe('floods of near copies', () => {
  it('names new accounts that send one text, at an exact line', () => {
    const feed = feedOf(3000, (t, u) =>
      t >= 2000 && t % 10 === 0 ? { ...mail(u), origin: from(`new-${Math.floor(20 * u(5))}`), text: near(u) } : mail(u),
    )
    const { alarms } = drive(flood, feed)
    expect(alarms.map((a) => [a.eventIndex, a.onsetIndex, a.kind, a.verdict])).toEqual([
      [2070, 2000, 'poison.injection', 'poisoning'],
    ])
    expect(alarms[0]?.subject.origins?.every((id) => id.startsWith('new-'))).toBe(true)
    expect(alarms[0]?.subject.eventIds?.every((id) => Number(id.slice(2)) % 10 === 0)).toBe(true)
  })

  it('names one origin, old or new, whatever it sends beside', () => {
    for (const id of ['o-3', 'stranger']) {
      const feed = feedOf(3000, (t, u) =>
        t >= 2000 && t % 12 === 0 ? { ...mail(u), origin: from(id), text: near(u) } : mail(u),
      )
      expect(drive(flood, feed).alarms.map((a) => a.subject.origin)).toEqual([id])
    }
  })

  it('sees copies of numbers and of embeddings through a little noise', () => {
    const numbers = (u: (lane: number) => number) =>
      Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((k) => [`f${k}`, 50 + 20 * u(20 + k) * u(40 + k)]))
    const copy = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((k) => [`f${k}`, 53 + k]))
    const row = (u: (lane: number) => number) => ({ origin: tenOrigins(u(1)), label: 'a', features: numbers(u) })
    const vector = (u: (lane: number) => number) => Array.from({ length: 16 }, (_, k) => u(60 + k) - u(80 + k))
    const attack = (t: number) => t >= 3000 && t % 10 === 0
    const tabular = feedOf(4000, (t, u) =>
      attack(t)
        ? {
            ...row(u),
            origin: from('bad'),
            features: Object.fromEntries(Object.entries(copy).map(([k, v], i) => [k, v * (1 + 0.01 * u(90 + i))])),
          }
        : row(u),
    )
    const embedded = feedOf(4000, (t, u) => ({
      ...row(u),
      features: {},
      ...(attack(t) ? { origin: from('bad') } : {}),
      embedding: attack(t) ? Array.from({ length: 16 }, (_, k) => Math.sin(k) * 0.5 * (1 + 0.01 * u(k))) : vector(u),
    }))
    expect(drive(flood, tabular).alarms.map((a) => a.subject.origin)).toEqual(['bad'])
    expect(drive(flood, embedded).alarms.map((a) => a.subject.origin)).toEqual(['bad'])
  })

  it('scores copies at arrival once there are some', () => {
    const feed = feedOf(3000, (t, u) =>
      t >= 2000 && t % 12 === 0 ? { ...mail(u), origin: from('bad'), text: near(u) } : mail(u),
    )
    const { scores } = drive(flood, feed)
    expect(scores.get(2988)).toBeGreaterThan(0.9)
    expect(Math.max(0, ...[...scores].filter(([index]) => index % 12 !== 0).map(([, s]) => s))).toBeLessThan(0.5)
  })

  it.each(seeds)('accuses nobody of what honest feeds repeat (%s)', (seed) => {
    const honest = {
      viral: feedOf(4000, (t, u) => (t >= 2000 && u(5) < 0.2 ? { ...mail(u), text: near(u) } : mail(u)), seed),
      templates: feedOf(
        4000,
        (_, u) => ({ ...mail(u), text: `your code is w${Math.floor(8 * u(6))} of shop w${Math.floor(3 * u(7))}` }),
        seed,
      ),
      'few categories': feedOf(
        4000,
        (_, u) => ({
          origin: tenOrigins(u(1)),
          label: 'a',
          features: { a: `v${Math.floor(4 * u(2) ** 2)}`, b: `v${Math.floor(3 * u(3))}`, c: u(4) < 0.8 },
        }),
        seed,
      ),
      'each said ten times': feedOf(
        4000,
        (t, u) => ({
          ...mail(u),
          text: wordsOf((lane) => ((Math.floor(t / 10) * 7919 + lane * 104_729) % 9973) / 9973, 12),
        }),
        seed,
      ),
      'a newcomer of other words': feedOf(
        4000,
        (t, u) =>
          t >= 2000 && u(5) < 0.3 ? { ...mail(u), origin: from('new'), text: `${wordsOf(u, 12)} regards` } : mail(u),
        seed,
      ),
      'a stuck sensor': feedOf(
        4000,
        (t, u) => {
          const origin = tenOrigins(u(1))
          const stuck = origin.id === 'o-4' && t > 2000
          return {
            origin,
            label: 'a',
            features: Object.fromEntries([1, 2, 3, 4, 5, 6].map((k) => [`f${k}`, stuck ? 0.5 : u(20 + k)])),
          }
        },
        seed,
      ),
    }
    for (const [name, feed] of Object.entries(honest))
      expect([name, drive(flood, feed).alarms.length]).toEqual([name, 0])
  })

  it('keeps its promise on rows that repeat by chance', () => {
    // 6 streams of 3,000 watched rows at a mass of 1 in 3,000: 6 expected at most.
    let alarms = 0
    for (const seed of ['n1', 'n2', 'n3', 'n4', 'n5', 'n6'])
      alarms += drive(
        flood,
        feedOf(4000, (_, u) => ({ ...mail(u), text: `t${Math.floor(400 * u(8) ** 3)} and so on` }), seed),
        1 / 3000,
      ).alarms.length
    expect(alarms).toBeLessThanOrEqual(6)
  })

  it('is not blinded by unique rows that push the copies out of its tables', () => {
    const feed = feedOf(6000, (t, u) => {
      if (t < 2000) return mail(u)
      if (t % 20 === 0) return { ...mail(u), origin: from(`bad-${t % 7}`), text: near(u) }
      return t % 2 === 0 ? { ...mail(u), origin: from(`junk-${t}`), text: `j${t} k${t} l${t} m${t}` } : mail(u)
    })
    const { alarms, state } = drive(flood, feed)
    // Half of all voices are junk then: that the copies come from few is what tells them apart.
    expect(alarms.length).toBeGreaterThan(0)
    expect(alarms[0]?.subject.eventIds?.every((id) => Number(id.slice(2)) % 20 === 0)).toBe(true)
    expect(state.ids.length).toBeLessThanOrEqual(rowsKept)
    expect(state.near.sketches.length).toBe(rowsKept * 8)
  })
})
