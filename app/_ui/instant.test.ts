import { expect, it } from 'vitest'
import { exact, place, relative, span, tick, ticks } from './instant'

const now = Date.parse('2026-11-01T12:00:00Z')
it('says how long ago in the unit that a person would choose', () => {
  const ago = (s: number) => relative(new Date(now - s * 1000).toISOString(), now)
  expect([1, 40, 119, 120, 7_199, 7_200, 172_800].map(ago)).toEqual([
    'now',
    '40 s ago',
    '119 s ago',
    '2 min ago',
    '119 min ago',
    '2 h ago',
    '2 d ago',
  ])
})
it('says how long until', () => expect(relative('2026-11-01T16:00:00Z', now)).toBe('in 4 h'))
it('names the zone', () => expect(exact('2026-11-01T12:00:00.000+02:00')).toBe('2026-11-01 10:00:00 UTC'))
it('gives a span without a direction', () => expect(span(5_400_000)).toBe('90 min'))
it('labels an axis by its range', () =>
  expect([60_000, 3.6e6, 2 * 86.4e6, 30 * 86.4e6, 900 * 86.4e6].map((r) => tick(now, r))).toEqual([
    '12:00:00',
    '12:00',
    '1 Nov 12:00',
    '1 Nov',
    'Nov 2026',
  ]))

it('places event time in the calendar, with the year once it is not this one', () => {
  expect(place('2026-10-07T09:10:20Z', now)).toBe('7 Oct 09:10')
  expect(place('2025-10-07T09:10:20Z', now)).toBe('7 Oct 2025 09:10')
})

it('marks an axis at round moments, evenly', () => {
  const of = (from: string, to: string) => ticks(Date.parse(from), Date.parse(to)).map((t) => new Date(t).toISOString())
  expect(of('2026-11-01T08:20:00Z', '2026-11-01T12:20:00Z')).toEqual(
    [9, 10, 11, 12].map((h) => `2026-11-01T${String(h).padStart(2, '0')}:00:00.000Z`),
  )
  const month = ticks(Date.parse('2026-10-19T03:00:00Z'), Date.parse('2026-11-20T15:00:00Z'))
  expect(month.length).toBeGreaterThan(3)
  expect(month.length).toBeLessThanOrEqual(7)
  expect(new Set(month.slice(1).map((t, i) => t - (month[i] ?? 0))).size).toBe(1)
})
