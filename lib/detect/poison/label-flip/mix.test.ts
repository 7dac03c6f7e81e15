import { expect, it } from 'vitest'
import { anyBet, classBet } from '@/lib/detect/poison/bets'
import { mayBeMix } from '@/lib/detect/poison/label-flip/mix'
import { emptyJudgement } from '@/lib/learn/judge/calibrate'
import { type Recent, remember, startRecent } from '@/lib/learn/place/recent'

const source = 7
const classes = 5

/** So many rows of a label of which the learner takes these for each class. */
function add(recent: Recent, origin: number, y: number, taken: readonly number[], disagree = 0.3): void {
  for (const [favourite, rows] of taken.entries())
    for (let i = 0; i < rows; i++) {
      const j = emptyJudgement()
      Object.assign(j, { classes, favourite, disagree, steady: disagree })
      j.p.fill(disagree / (classes - 1), 0, classes)
      remember(recent, j, y, 0, origin, -1)
    }
}

const push = (bet: number) =>
  ({
    kind: 'origin',
    number: source,
    bet,
    onsetIndex: 0,
    onsetTimeMs: 0,
    rows: 100,
    hits: 60,
    expected: 20,
    effect: 0.4,
  }) as const

it('more of a class, looked like as others’ rows of it do, is another mix', () => {
  const recent = startRecent()
  for (let y = 0; y < classes; y++)
    add(
      recent,
      1,
      y,
      [0, 1, 2, 3, 4].map((k) => (k === y ? 80 : 5)),
    )
  add(recent, source, 2, [6, 5, 79, 5, 5])
  expect(mayBeMix(recent, push(anyBet))).toBe(true)
  expect(mayBeMix(recent, push(classBet(2)))).toBe(true)
  // And harder rows of it, by the learner's own doubt, miss more.
  const hard = startRecent()
  for (let y = 0; y < classes; y++)
    add(
      hard,
      1,
      y,
      [0, 1, 2, 3, 4].map((k) => (k === y ? 80 : 5)),
      0.2,
    )
  add(hard, source, 2, [12, 11, 56, 11, 10], 0.4)
  expect(mayBeMix(hard, push(anyBet))).toBe(true)
})

it('a label on rows that do not look like it is none', () => {
  const recent = startRecent()
  for (let y = 0; y < classes; y++)
    add(
      recent,
      1,
      y,
      [0, 1, 2, 3, 4].map((k) => (k === y ? 80 : 5)),
    )
  add(recent, source, 2, [20, 20, 20, 20, 20])
  expect(mayBeMix(recent, push(anyBet))).toBe(false)
  expect(mayBeMix(recent, push(classBet(2)))).toBe(false)
})

it('nor one on a class that is usually taken for another single one', () => {
  const recent = startRecent()
  for (let y = 0; y < classes; y++)
    if (y !== 2)
      add(
        recent,
        1,
        y,
        [0, 1, 2, 3, 4].map((k) => (k === y ? 80 : 5)),
      )
  // Nine of ten rows of class 2 are taken for class 1.
  add(recent, 1, 2, [0, 90, 10, 0, 0])
  add(recent, source, 2, [25, 25, 0, 25, 25])
  expect(mayBeMix(recent, push(classBet(2)))).toBe(false)
})
