import { describe, expect, it } from 'vitest'
import { flood } from './flood'
import { rowsKept } from './near'
import { sharedPhrase, startPhrases } from './phrases'
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

  it('leads to its group again after a row that joined another', () => {
    const phrases = startPhrases()
    const groupOf = new Int32Array(rowsKept)
    const template = 'call now to claim your prize'
    /** Which group the row joins: that of the run that it shares. */
    const enter = (row: number, text: string, group: number) => {
      const { is, run } = sharedPhrase(phrases, text, row, groupOf)
      phrases.by[row] = run
      groupOf[row] = group
      return is
    }
    expect(enter(0, `one ${secret}`, 0)).toBe('none')
    expect(enter(1, `two ${secret}`, 1)).toBe('twin')
    phrases.by[0] = phrases.by[1] as number
    groupOf[0] = 1
    enter(2, `three ${template}`, 0)
    enter(3, `four ${template}`, 2)
    phrases.by[2] = phrases.by[3] as number
    groupOf[2] = 2
    // It shares both, and joins the one that was met last.
    expect(enter(4, `${secret} ${template}`, 2)).toBe('group')
    expect([phrases.by[4], phrases.by[3]]).toEqual([phrases.by[2], phrases.by[2]])
    expect(enter(5, `five ${secret}`, 1)).toBe('group')
    expect(phrases.by[5]).toBe(phrases.by[1])
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
