import { expect, it } from 'vitest'
import { anyBet, classBet } from '@/lib/detect/poison/bets'
import { habitLength, noteHabit } from '@/lib/detect/poison/label-flip/habit'
import { mayBeSevere } from '@/lib/detect/poison/label-flip/severe'
import { startUnit } from '@/lib/detect/poison/label-flip/unit'
import { emptyJudgement } from '@/lib/learn/judge/calibrate'
import { remember, startRecent } from '@/lib/learn/place/recent'

/** Of 100 ratings, by class: far below, below, as expected, above, far above. */
function rated(counts: readonly number[]) {
  const recent = { ...startRecent(), numeric: true }
  const j = { ...emptyJudgement(), classes: 5, favourite: 2, disagree: 0.3, steady: 0.3 }
  for (const [y, n] of counts.entries()) for (let i = 0; i < n; i++) remember(recent, j, y, 10, 7, -1)
  return recent
}
const push = (bet = anyBet) =>
  ({
    kind: 'origin',
    number: 7,
    bet,
    onsetIndex: 0,
    onsetTimeMs: 0,
    rows: 100,
    hits: 70,
    expected: 30,
    effect: 0.4,
  }) as const
const unit = startUnit('origin', 'a', 'user', 7, 0)

it('who is off on one side from his first row is severe or lenient, as long as he is a person', () => {
  const severe = rated([20, 40, 30, 8, 2])
  expect(mayBeSevere(unit, push(), severe, true)).toBe(true)
  expect(mayBeSevere(unit, push(), severe, false)).toBe(false)
  expect(mayBeSevere(unit, push(), { ...severe, numeric: false }, true)).toBe(false)
  expect(mayBeSevere(unit, push(classBet(0)), severe, true)).toBe(true)
})

it('who is off on both is not', () => {
  // 15 expected above, and two of their standard deviations more: 22.7.
  expect(mayBeSevere(unit, push(), rated([15, 25, 30, 20, 10]), true)).toBe(false)
})

it('nor who has begun to be', () => {
  const before = { ...unit, habits: new Float64Array(7 * habitLength) }
  for (let i = 0; i < 80; i++) noteHabit(before.habits, anyBet, i % 10 < 3, 0.3, false)
  expect(mayBeSevere(before, push(), rated([20, 40, 30, 8, 2]), true)).toBe(false)
})
