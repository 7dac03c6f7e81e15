import { describe, expect, it } from 'vitest'
import { flood } from './flood'
import { drive, feedOf, tenOrigins } from './test-feed'

type U = (lane: number) => number
const normal = (u: number, v: number) => Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v)
const means = [50, 45, 1013, 8, 5, 12, 60, 40]
const sds = [18, 17, 6, 2.5, 2, 4, 19, 17]
const table = (u: U) => ({
  origin: tenOrigins(u(1)),
  features: Object.fromEntries(
    means.map((mean, j) => [`x${j}`, mean + (sds[j] as number) * normal(u(20 + j), u(40 + j))]),
  ),
  label: u(2) < 0.5 ? 'rain' : 'dry',
})
const moved = (u: U, by: number) =>
  Object.fromEntries(means.map((mean, j) => [`x${j}`, mean * 1.1 * (1 + by * (2 * u(60 + j) - 1))]))

describe('copies of a row of numbers that are all moved a little', () => {
  it.each([0.05, 0.1])('are named, moved by %s of each number at most', (by) => {
    const feed = feedOf(6000, (t, u) =>
      t >= 3000 && t % 8 === 0
        ? { origin: { id: `new-${Math.floor(15 * u(4))}`, kind: 'user' }, features: moved(u, by), label: 'rain' }
        : table(u),
    )
    const [alarm] = drive(flood, feed).alarms
    expect(alarm?.kind).toBe('poison.injection')
    expect((alarm?.subject.origins ?? [alarm?.subject.origin]).every((id) => id?.startsWith('new-'))).toBe(true)
    expect(alarm?.eventIndex).toBeLessThan(3500)
  })

  it('are named where one in twelve of the old rows repeats another', () => {
    const again = Array.from({ length: 40 }, (_, n) => feedOf(1, (_, u) => table(u), `again ${n}`)[0]?.data.features)
    const feed = feedOf(6000, (t, u) => {
      if (t >= 3000 && t % 8 === 0)
        return { origin: { id: `new-${Math.floor(15 * u(4))}`, kind: 'user' }, features: moved(u, 0.1), label: 'rain' }
      return u(5) < 1 / 12 ? { ...table(u), features: again[Math.floor(40 * u(6))] ?? {} } : table(u)
    })
    const [alarm] = drive(flood, feed).alarms
    expect((alarm?.subject.origins ?? [alarm?.subject.origin]).every((id) => id?.startsWith('new-'))).toBe(true)
    expect(alarm?.eventIndex).toBeLessThan(3500)
  })

  it.each(['a', 'b', 'c', 'd'])(
    'are none when a newcomer sees another part of the world, or a new one (%s)',
    (seed) => {
      const newcomer = { id: 'new', kind: 'vendor' }
      let weather = 0
      const honest = {
        'half of the cold days': feedOf(
          6000,
          (t, u) => {
            const made = table(u)
            return t > 3000 && (made.features.x0 as number) < 20 && u(3) < 0.5 ? { ...made, origin: newcomer } : made
          },
          seed,
        ),
        'another country': feedOf(
          6000,
          (t, u) => {
            const made = table(u)
            if (t <= 3000 || u(3) > 0.1) return made
            const features = Object.fromEntries(
              means.map((mean, j) => [`x${j}`, 1.5 * mean + 0.7 * ((made.features[`x${j}`] as number) - mean)]),
            )
            return { ...made, origin: newcomer, features }
          },
          seed,
        ),
        'another country, in days that follow one another': feedOf(
          6000,
          (t, u) => {
            weather = 0.98 * weather + 0.2 * normal(u(80), u(81))
            const features = Object.fromEntries(
              means.map((mean, j) => [
                `x${j}`,
                mean + (sds[j] as number) * (weather + 0.3 * normal(u(20 + j), u(40 + j))),
              ]),
            )
            const made = { origin: tenOrigins(u(1)), features, label: u(2) < 0.5 ? 'rain' : 'dry' }
            if (t <= 3000 || u(3) > 0.1) return made
            return {
              ...made,
              origin: newcomer,
              features: { ...features, x0: (features.x0 as number) + 200, x5: (features.x5 as number) + 60 },
            }
          },
          seed,
        ),
      }
      for (const [name, feed] of Object.entries(honest))
        expect([name, drive(flood, feed).alarms.map((a) => a.why)]).toEqual([name, []])
    },
  )
})
