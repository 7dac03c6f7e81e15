import { describe, expect, it } from 'vitest'
import { touchItem } from './items'
import { shilling } from './shilling'
import { drive, feedOf } from './test-feed'

type U = (lane: number) => number
const user = (id: string) => ({ id, kind: 'user' })
const stars = (value: number) => Math.min(5, Math.max(1, Math.round(value)))
/** 60 items of unequal quality, 200 raters of unequal severity; one row in thirty is by a rater who is new. */
const rating = (t: number, u: U, severity = 0) => {
  const item = Math.floor(60 * u(1))
  const isNew = u(2) < 1 / 30
  const rater = isNew ? `new-${Math.floor(t / 40)}` : `u-${Math.floor(200 * u(3) ** 1.5)}`
  const own = ((rater.length * 7 + Number(rater.slice(rater.indexOf('-') + 1)) * 13) % 11) / 10 - 0.5
  return {
    origin: user(rater),
    features: { item: `item-${item}`, device: u(4) < 0.5 ? 'tv' : 'phone' },
    label: stars(3.2 + Math.sin(item) + own + severity + 1.2 * (u(5) + u(6) - 1)),
  }
}
const seeds = ['a', 'b', 'c', 'd']

describe('shilling', () => {
  it('names the item that new accounts push up, at an exact line', () => {
    const feed = feedOf(5000, (t, u) =>
      t >= 3000 && t % 12 === 0
        ? {
            ...rating(t, u),
            origin: user(`bad-${Math.floor(30 * u(7))}`),
            features: { item: 'item-5', device: 'tv' },
            label: 5,
          }
        : rating(t, u),
    )
    const { alarms, scores } = drive(shilling, feed)
    expect(alarms.map((a) => [a.eventIndex, a.onsetIndex, a.subject.item, a.kind])).toEqual([
      [3156, 3000, 'item-5', 'poison.injection'],
    ])
    expect(alarms[0]?.subject.eventIds?.filter((id) => Number(id.slice(2)) % 12 === 0).length).toBeGreaterThan(10)
    expect(scores.get(4992)).toBeGreaterThan(0.8)
    // New raters who do not care for the item are none of them.
    const others = [...feed.keys()].filter((t) => {
      const { origin, features, label } = (feed[t] as (typeof feed)[number]).data
      return t > 3200 && features.item === 'item-5' && origin.id.startsWith('new-') && Number(label) <= 2
    })
    expect(others.length).toBeGreaterThan(0)
    for (const t of others) expect(scores.get(t) ?? 0).toBe(0)
  })

  it.each(seeds)('names the item that is pulled down, among rows that hide it (%s)', (seed) => {
    const feed = feedOf(
      6000,
      (t, u) => {
        const bad = t >= 3000 && u(8) < 0.06
        const made = { ...rating(t, u), ...(bad ? { origin: user(`bad-${Math.floor(25 * u(7))}`) } : {}) }
        return bad && u(9) < 0.6 ? { ...made, features: { item: 'item-2', device: 'tv' }, label: 1 } : made
      },
      seed,
    )
    expect(drive(shilling, feed).alarms.map((a) => a.subject.item)).toEqual(['item-2'])
  })

  it.each(seeds)('accuses nobody of honest ratings (%s)', (seed) => {
    const honest = {
      steady: feedOf(6000, rating, seed),
      'a severe rater': feedOf(
        6000,
        (t, u) => (t > 3000 && u(8) < 0.05 ? { ...rating(t, u, -1.5), origin: user('severe') } : rating(t, u)),
        seed,
      ),
      'an item that became worse for all': feedOf(
        6000,
        (t, u) => {
          const made = rating(t, u)
          return t > 3000 && made.features.item === 'item-4' ? { ...made, label: stars(made.label - 2) } : made
        },
        seed,
      ),
      'many new raters of all items': feedOf(
        6000,
        (t, u) =>
          t > 3000 && u(8) < 0.3 ? { ...rating(t, u), origin: user(`late-${Math.floor(100 * u(9))}`) } : rating(t, u),
        seed,
      ),
      'an item that becomes popular': feedOf(
        6000,
        (t, u) => {
          const made = rating(t, u)
          return t > 3000 && u(8) < 0.1
            ? {
                ...made,
                features: { item: 'item-9', device: 'tv' },
                label: stars(3.2 + Math.sin(9) + 1.2 * (u(5) + u(6) - 1)),
              }
            : made
        },
        seed,
      ),
      'no items at all': feedOf(
        6000,
        (_, u) => ({
          origin: user(`u-${Math.floor(20 * u(1))}`),
          features: { a: u(2), b: u(3) < 0.5 ? 'x' : 'y' },
          label: u(4),
        }),
        seed,
      ),
    }
    for (const [name, feed] of Object.entries(honest))
      expect([name, drive(shilling, feed).alarms.map((a) => a.why)]).toEqual([name, []])
  })

  it('keeps its promise on ratings by chance', () => {
    // 6 streams of 5,000 watched rows at a mass of 1 in 5,000: 6 expected at most.
    let alarms = 0
    for (let s = 0; s < 6; s++) alarms += drive(shilling, feedOf(6000, rating, `null ${s}`), 1 / 5000).alarms.length
    expect(alarms).toBeLessThanOrEqual(6)
  })

  it('gives no place of an item away that has evidence', () => {
    const items = new Map()
    const watched = touchItem(items, 'item', 'pushed', 8)
    const suspect = { id: 't', index: 0, timeMs: 0, z: 2, rank: 0, origin: 'o', labeler: undefined }
    if (watched) watched.suspects = [suspect, suspect, suspect, suspect]
    for (let i = 0; i < 100; i++) touchItem(items, 'item', `invented ${i}`, 8)
    expect(items.size).toBe(8)
    expect(touchItem(items, 'item', 'pushed', 8)).toBe(watched)
  })
})
