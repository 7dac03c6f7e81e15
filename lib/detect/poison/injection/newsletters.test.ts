import { describe, expect, it } from 'vitest'
import { flood } from './flood'
import { drive, feedOf, tenOrigins, wordsOf } from './test-feed'

type U = (lane: number) => number
const from = (id: string) => ({ id, kind: 'sender' })
/** Each of thirty senders has a template of 24 words, and puts three of its own beside it; the last ten begin to write at line 1,500. */
const templates = Array.from({ length: 30 }, (_, s) => Array.from({ length: 24 }, (_, w) => `n${s}x${w}`).join(' '))
const letter = (u: U, t: number) => {
  const sender = Math.floor((t < 1500 ? 20 : 30) * u(6) ** 2)
  return { origin: from(`news-${sender}`), features: {}, text: `${templates[sender]} ${wordsOf(u, 3)}`, label: 'ham' }
}
const mail = (u: U, t: number) =>
  u(5) < 0.4 ? letter(u, t) : { origin: tenOrigins(u(1)), features: {}, text: wordsOf(u, 14), label: 'ham' }
const seeds = ['a', 'b', 'c']

describe('floods among newsletters', () => {
  it.each(seeds)('accuses no newsletter, old or new (%s)', (seed) => {
    expect(
      drive(
        flood,
        feedOf(8000, (t, u) => mail(u, t), seed),
      ).alarms,
    ).toEqual([])
  })

  it.each(seeds)('names new accounts that send one of them (%s)', (seed) => {
    const feed = feedOf(
      8000,
      (t, u) =>
        t >= 4000 && t % 8 === 0
          ? { ...letter(u, t), origin: from(`new-${Math.floor(25 * u(7))}`), text: `${templates[3]} ${wordsOf(u, 3)}` }
          : mail(u, t),
      seed,
    )
    const { alarms } = drive(flood, feed)
    expect(alarms).toHaveLength(1)
    expect(alarms[0]?.subject.origins?.every((id) => id.startsWith('new-'))).toBe(true)
    expect(alarms[0]?.eventIndex).toBeLessThan(4500)
  })
})
