import { expect, it } from 'vitest'
import { emptyJudgement } from '@/lib/learn/judge/calibrate'
import { emptyWhereabouts, type Recent, remember, startRecent } from '@/lib/learn/place/recent'
import { asExpected } from '@/lib/learn/regression/regressor'
import { hasRisen, natsOfChance, natsOfRise } from './risen'

const below = 1
const drama = (1 << 20) | 1

/** Dramas that one person rated: so many of so many below what is expected before line 100, and since. */
function rated(before: readonly [number, number], since: readonly [number, number]): Recent {
  const recent: Recent = { ...startRecent(), numeric: true }
  const lies = emptyWhereabouts()
  lies.places = 1
  lies.place[0] = drama
  const j = emptyJudgement()
  Object.assign(j, { classes: 5, favourite: asExpected, disagree: 0.3, steady: 0.3 })
  j.p.set([0.03, 0.12, 0.7, 0.12, 0.03])
  for (const [from, [hits, rows]] of [
    [0, before],
    [100, since],
  ] as const)
    for (let n = 0; n < rows; n++) remember(recent, j, n < hits ? below : asExpected, from + n, 7, -1, lies)
  return recent
}

const says = (before: [number, number], since: [number, number]) =>
  hasRisen(rated(before, since), below, [{ category: drama }], 100, () => true)

it('tells a taste that somebody always had from one that began', () => {
  // 5 of 60, then 9 of 9: 60·KL(.083 ‖ .203) + 9·ln(1/.203) = 3.2 + 14.4 nats, against ln 69 + ln 1 + ln 100 = 8.8.
  expect(says([5, 60], [9, 9])).toBe(true)
  expect(natsOfRise({ rows: 60, hits: 5 }, { rows: 9, hits: 9 })).toBeCloseTo(17.6, 1)
  // One of 250 sources: not quite.
  expect(natsOfChance(69, 1)).toBeCloseTo(8.84, 2)
  expect(natsOfChance(69, 250)).toBeCloseTo(14.36, 2)
  // 5 of 32, then 9 of 11: 2.4 + 5.7 nats against 8.4.
  expect(says([5, 32], [9, 11])).toBe(false)
  expect(says([16, 40], [32, 80])).toBe(false)
  // Less than before, and nothing before.
  expect(says([40, 60], [5, 60])).toBe(false)
  expect(says([0, 0], [40, 40])).toBe(false)
})
