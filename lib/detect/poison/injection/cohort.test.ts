import { describe, expect, it } from 'vitest'
import { flood } from './flood'
import { drive, feedOf, tenOrigins, wordsOf } from './test-feed'

type U = (lane: number) => number
const mail = (u: U) => ({
  origin: tenOrigins(u(1)),
  features: {},
  text: wordsOf(u, 14),
  label: u(2) < 0.5 ? 'ham' : 'spam',
})

describe('new voices that only repeat others', () => {
  it('are named although no two of their rows are alike', () => {
    const honest = feedOf(6000, (_, u) => mail(u))
    const feed = honest.map((event, t) =>
      t >= 4000 && t % 8 === 0
        ? {
            ...event,
            data: {
              ...event.data,
              text: honest[t - 1500 + (t % 7)]?.data.text ?? '',
              origin: { id: `new-${(t / 8) % 20}`, kind: 'vendor' },
              label: 'spam',
            },
          }
        : event,
    )
    const [alarm] = drive(flood, feed).alarms
    expect([alarm?.kind, alarm?.onsetIndex]).toEqual(['poison.injection', 4000])
    expect(alarm?.eventIndex).toBeLessThan(4400)
    expect(alarm?.subject.origins?.every((id) => id.startsWith('new-'))).toBe(true)
  })

  it.each(['a', 'b', 'c'])(
    'are no crowd when they have something of their own to say, or repeat what all repeat (%s)',
    (seed) => {
      const honest = {
        'newcomers of their own': feedOf(
          6000,
          (t, u) =>
            t > 3000 && u(3) < 0.2
              ? { ...mail(u), origin: { id: `new-${Math.floor(20 * u(4))}`, kind: 'vendor' } }
              : mail(u),
          seed,
        ),
        'all repeat': feedOf(
          6000,
          (t, u) => {
            const made =
              t > 2500 && u(3) < 0.15
                ? { ...mail(u), origin: { id: `new-${Math.floor(30 * u(4))}`, kind: 'vendor' } }
                : mail(u)
            return u(5) < 0.3 ? { ...made, text: `your code number is k${Math.floor(500 * u(6))} again` } : made
          },
          seed,
        ),
        'new voices all the time': feedOf(
          6000,
          (t, u) => ({
            ...mail(u),
            origin: { id: `user-${t >> 1}`, kind: 'user' },
            ...(t % 2 ? { text: 'first one here, who else is with me today' } : {}),
          }),
          seed,
        ),
      }
      for (const [name, feed] of Object.entries(honest))
        expect([name, drive(flood, feed).alarms.map((a) => a.why)]).toEqual([name, []])
    },
  )
})
