import { describe, expect, it } from 'vitest'
import { gatheredBy } from '@/lib/detect/poison/attribute/gathered'
import { moversOf } from '@/lib/detect/poison/attribute/movers'
import { anyWay, bestPush, pushedOf, touchedSince } from '@/lib/detect/poison/attribute/push'
import { whereOf } from '@/lib/detect/poison/attribute/where'
import { emptyJudgement } from '@/lib/learn/judge/calibrate'
import { emptyWhereabouts, type Recent, remember, startRecent } from '@/lib/learn/place/recent'
import { hashUniform } from '@/lib/stats/hash-uniform'

const category = (feature: number, value: number) => (feature << 21) | (1 << 20) | value
const judged = () => {
  const j = emptyJudgement()
  Object.assign(j, { classes: 2, favourite: 0, disagree: 0.05, steady: 0.05 })
  j.p[0] = 0.95
  j.p[1] = 0.05
  return j
}

/** Rows of class 0 as the learner sees them; feature 0 is a category of four values, feature 1 a number of twelve bins. `isBad` says which carry label 1. */
function rows(
  sources: number,
  each: number,
  isBad: (source: number, value: number, bin: number, i: number) => boolean,
): Recent {
  const recent = startRecent()
  const lies = emptyWhereabouts()
  lies.places = 2
  for (let i = 0; i < each; i++)
    for (let s = 0; s < sources; s++) {
      const index = i * sources + s
      const value = Math.floor(4 * hashUniform('value', index))
      const bin = Math.floor(12 * hashUniform('bin', index))
      lies.place[0] = category(0, value)
      lies.place[1] = (1 << 21) | bin
      lies.hasPoint = true
      for (let k = 0; k < 12; k++)
        lies.point[k] = hashUniform(`point ${k}`, index) * (isBad(s, value, bin, i) ? 0.1 : 2)
      remember(recent, judged(), isBad(s, value, bin, i) ? 1 : 0, index, s, -1, lies)
    }
  return recent
}
const of = (recent: Recent, source: number) => touchedSince(recent, 1, 0).filter((at) => recent.origin[at] === source)

it('likelihood of a push by hand', () => {
  const recent = rows(1, 3, (_s, _v, _b, i) => i === 0)
  const pushed = pushedOf(recent, anyWay, touchedSince(recent, anyWay, 0))
  expect([pushed.rows, pushed.hits]).toEqual([3, 1])
  // q = .4 on one hit at p = .05 and two misses: ln(1 + .4 · .95/.05) + 2 ln .6.
  expect(pushed.logs[3]).toBeCloseTo(Math.log(1 + (0.4 * 0.95) / 0.05) + 2 * Math.log(0.6), 5)
  expect(bestPush(pushed).push).toBe(0.25)
})

describe('where bad rows lie', () => {
  it('in a category', () => {
    const recent = rows(2, 200, (s, value) => s === 0 && value === 2)
    expect(whereOf(recent, 1, of(recent, 0))?.place).toEqual([{ category: category(0, 2) }])
    expect(whereOf(recent, 1, of(recent, 1))).toBeNull()
  })
  it('in a range of a number', () => {
    const recent = rows(1, 400, (_s, _v, bin) => bin >= 4 && bin <= 6)
    expect(whereOf(recent, 1, of(recent, 0))?.place).toEqual([{ feature: 1, from: 4, to: 6 }])
  })
  it('in a pair', () => {
    const recent = rows(1, 800, (_s, value, bin) => value === 1 && bin < 6)
    const place = whereOf(recent, 1, of(recent, 0))?.place ?? []
    expect(place).toHaveLength(2)
    expect(place).toContainEqual({ category: category(0, 1) })
    expect(place).toContainEqual({ feature: 1, from: 0, to: 5 })
  })
  it('everywhere: all labels, or a third of them', () => {
    for (const share of [1, 0.33]) {
      const recent = rows(1, 400, (_s, value, bin, i) => hashUniform('third', 100 * i + 12 * value + bin) < share)
      expect(whereOf(recent, 1, of(recent, 0))).toBeNull()
    }
  })
})

describe('the world or some', () => {
  const old = () => true
  it('some of ten', () => {
    const recent = rows(10, 12, (s) => s < 3)
    const movers = moversOf(recent, 1, touchedSince(recent, 1, 0), recent.origin, old)
    expect(movers.says).toBe('apart')
    expect([...movers.named].sort()).toEqual([0, 1, 2])
  })
  it('all alike, in half of their rows', () => {
    const recent = rows(10, 12, (_s, _v, _b, i) => i % 2 === 0)
    expect(moversOf(recent, 1, touchedSince(recent, 1, 0), recent.origin, old).says).toBe('moved')
  })
  it('most of the old ones: not some', () => {
    const recent = rows(10, 12, (s) => s < 7)
    expect(moversOf(recent, 1, touchedSince(recent, 1, 0), recent.origin, old).says).toBe('open')
  })
  it('one alone stays open', () => {
    const recent = rows(1, 100, () => true)
    expect(moversOf(recent, 1, touchedSince(recent, 1, 0), recent.origin, old).says).toBe('open')
  })
  it('thirty young accounts with four rows each, judged as one', () => {
    const recent = rows(40, 4, (s) => s >= 10)
    const movers = moversOf(recent, 1, touchedSince(recent, 1, 0), recent.origin, (number) => number < 10)
    expect(movers.says).toBe('apart')
    expect(movers.named).toHaveLength(30)
  })
})

it('rows at a point are gathered; the same row again counts once', () => {
  const recent = rows(4, 40, (s, _v, _b, i) => s === 0 && i % 2 === 0)
  const bad = of(recent, 0).filter((at) => recent.y[at] === 1)
  const gathered = gatheredBy(recent, (number) => number === 0, bad)
  expect(gathered.isPoint).toBe(true)
  // Crafted rows lie in a cube of a twentieth of the side.
  expect(gathered.ratio).toBeCloseTo(0.05, 1)
  const again = bad.map(() => bad[0] as number)
  expect(gatheredBy(recent, (number) => number === 0, again).isPoint).toBe(false)
})
