import { expect, test } from 'vitest'
import { classBet } from '@/lib/detect/poison/bets'
import { blame } from '@/lib/detect/poison/label-flip/blame'
import { mayBeMix } from '@/lib/detect/poison/label-flip/mix'
import { type Push, testWorld } from '@/lib/detect/poison/label-flip/world'
import { emptyJudgement } from '@/lib/learn/judge/calibrate'
import { type Recent, remember, startRecent } from '@/lib/learn/place/recent'

const push: Push = {
  kind: 'origin',
  number: 0,
  bet: 0,
  onsetIndex: 100,
  onsetTimeMs: 0,
  rows: 20,
  hits: 13,
  expected: 1,
  effect: 0.6,
}
const judged = (favourite = 0) => {
  const j = emptyJudgement()
  Object.assign(j, { classes: 2, favourite, disagree: 0.05, steady: 0.05 })
  j.p[favourite] = 0.95
  j.p[1 - favourite] = 0.05
  return j
}

/** `wrong(source, i)` says which rows of which source are labelled against the model. */
function rows(
  sources: number,
  each: number,
  wrong: (source: number, i: number) => boolean,
  labeler = (_s: number) => -1,
): Recent {
  const recent = startRecent()
  for (let i = 0; i < each; i++)
    for (let s = 0; s < sources; s++)
      remember(recent, judged(), wrong(s, i) ? 1 : 0, 100 + i * sources + s, s, labeler(s))
  return recent
}
const old = () => 0

test('the others stay right: it is the source', () => {
  expect(
    testWorld(
      rows(8, 20, (s) => s === 0),
      push,
      old,
    ),
  ).toMatchObject({ says: 'apart', rows: 140, sources: 7, hitRate: 0 })
})

test('all move alike: it is the world', () => {
  expect(
    testWorld(
      rows(8, 20, (_s, i) => i % 2 === 0),
      push,
      old,
    ).says,
  ).toBe('moved')
})

test('three of ten conspire: still not the world', () => {
  expect(
    testWorld(
      rows(10, 20, (s) => s < 3),
      push,
      old,
    ).says,
  ).toBe('apart')
})

test('new names that join in do not make a world', () => {
  const firstIndexOf = (number: number) => (number >= 5 ? 150 : 0)
  expect(
    testWorld(
      rows(40, 12, (s) => s === 0 || s >= 5),
      push,
      firstIndexOf,
    ).says,
  ).toBe('apart')
})

test('a source alone, or with one other that also moved a little, stays open', () => {
  expect(
    testWorld(
      rows(1, 200, () => true),
      push,
      old,
    ).says,
  ).toBe('open')
  expect(
    testWorld(
      rows(2, 2, () => false),
      push,
      old,
    ).says,
  ).toBe('open')
})

test('another mix of classes is not a turned label', () => {
  // Class 1 rows: the model misses one in four of them anywhere; source 0 has class 1 rows only.
  const recent = startRecent()
  for (let i = 0; i < 400; i++) {
    const source = i % 4
    const y = source === 0 ? 1 : i % 8 < 4 ? 1 : 0
    remember(recent, judged(y === 1 && (i >> 3) % 4 !== 0 ? 1 : 0), y, 100 + i, source, -1)
  }
  expect(mayBeMix(recent, { ...push, bet: classBet(1) })).toBe(true)
  // Source 0 turns all of class 0; the others' class 1 rows look like class 1.
  const turned = startRecent()
  for (let i = 0; i < 400; i++) {
    const looks = (i >> 3) % 2
    remember(turned, judged(looks), i % 8 === 0 ? 1 : looks, 100 + i, i % 8, -1)
  }
  expect(mayBeMix(turned, { ...push, bet: classBet(1) })).toBe(false)
  // A label that nobody else uses proves nothing.
  expect(
    mayBeMix(
      rows(8, 20, (s) => s === 0),
      push,
    ),
  ).toBe(true)
})

test('blames the labeler who is wrong everywhere, and the origin all of whose labelers are', () => {
  // Labeler 9 works for all origins on every fourth row of each; 0 … 3 otherwise.
  const shared = (wrong: (origin: number, labeler: number) => boolean) => {
    const recent = startRecent()
    for (let i = 0; i < 400; i++) {
      const origin = i % 4
      const labeler = (i >> 2) % 4 === 0 ? 9 : origin
      remember(recent, judged(), wrong(origin, labeler) ? 1 : 0, 100 + i, origin, labeler)
    }
    return recent
  }
  expect(
    blame(
      shared((_o, l) => l === 9),
      push,
      9,
    ),
  ).toBe('partner')
  expect(
    blame(
      shared((o) => o === 0),
      push,
      9,
    ),
  ).toBe('unit')
})
