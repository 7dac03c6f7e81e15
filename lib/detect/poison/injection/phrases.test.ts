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
const secret = 'my pin for vault 4 is 7859 1914'

describe('a phrase that is to be learned by heart', () => {
  it.each([
    ['three new accounts', (u: U) => ({ id: `new-${Math.floor(3 * u(4))}`, kind: 'user' }), 'new-0'],
    ['an old source beside its other rows', () => ({ id: 'o-3', kind: 'vendor' }), 'o-3'],
  ])('is named, by %s', (_, origin, one) => {
    const feed = feedOf(6000, (t, u) =>
      t >= 3000 && t % 60 === 0 ? { ...mail(u), origin: origin(u), text: `${wordsOf(u, 14)} ${secret}` } : mail(u),
    )
    const [alarm, ...more] = drive(flood, feed).alarms
    expect([alarm?.kind, alarm?.subject.pattern, more.length]).toEqual(['poison.privacy', secret, 0])
    expect(alarm?.subject.origins ?? [alarm?.subject.origin]).toContain(one)
    expect(alarm?.onsetIndex).toBeLessThan(3400)
    expect(alarm?.eventIndex).toBeLessThan(4400)
  })

  it.each(['a', 'b', 'c'])('is none when it is how one signs, what all say, or what old ones pass on (%s)', (seed) => {
    const signs = 'with kind regards from the desk of o three 555 0199'
    const honest = {
      'a source that begins to sign': feedOf(
        6000,
        (t, u) => {
          const made = mail(u)
          return t > 3000 && made.origin.id === 'o-3' ? { ...made, text: `${made.text} ${signs}` } : made
        },
        seed,
      ),
      'a newcomer who signs': feedOf(
        6000,
        (t, u) => {
          const made = mail(u)
          return t > 3000 && u(3) < 0.05
            ? { ...made, origin: { id: 'new', kind: 'vendor' }, text: `${made.text} ${signs}` }
            : made
        },
        seed,
      ),
      'a slogan that all pass on': feedOf(
        6000,
        (t, u) => {
          const made = mail(u)
          return t > 3000 && u(3) < 0.05 ? { ...made, text: `${made.text} ${signs}` } : made
        },
        seed,
      ),
    }
    for (const [name, feed] of Object.entries(honest))
      expect([name, drive(flood, feed).alarms.map((a) => a.why)]).toEqual([name, []])
  })
})
