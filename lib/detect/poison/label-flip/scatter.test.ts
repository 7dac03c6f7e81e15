import { describe, expect, it } from 'vitest'
import type { Alarm } from '@/lib/detect/detector'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'
import { contextOf, type Training, watchRows } from '@/test/fixture/watch-rows'
import { learnAlike } from './alike'
import { labelFlip } from './label-flip'
import { emptyLook, lookAt, ownLength, startScatter } from './scatter'

const hashNormal = (key: string, n: number) => normalQuantile(hashUniform(key, n))
const span = { value: 0, above: 1, below: 1 }

/** Labels of `people` who are severe, lenient, sure and unsure, on whole stars or not. @returns the mean of what a bet at share `r` makes of a row. */
function meanOfBet(seed: string, whole: boolean, r: number): number {
  const scatter = startScatter()
  const look = emptyLook()
  const people = Array.from({ length: 80 }, (_, n) => ({
    scatter: new Float64Array(ownLength),
    accused: false,
    severity: 0.5 * hashNormal(`${seed} severity`, n),
    noise: 0.6 + 0.5 * hashUniform(`${seed} noise`, n),
  }))
  let [sum, rows] = [0, 0]
  for (let i = 0; i < 12_000; i++) {
    if (i % 512 === 0) learnAlike(scatter, people)
    const person = people[Math.floor(people.length * hashUniform(`${seed} who`, i) ** 2)] as (typeof people)[number]
    const value = 1.5 * hashUniform(`${seed} item`, i) - 0.75
    const said = value + person.severity + person.noise * hashNormal(`${seed} label`, i)
    lookAt(scatter, person.scatter, { ...span, value }, whole ? Math.round(said / 0.9) * 0.9 : said, look)
    if (!scatter.isKnown) continue
    const { bin, honest, turned } = look
    sum += 1 - r + (r * (turned[bin] as number)) / (honest[bin] as number)
    rows++
  }
  return sum / rows
}

describe('a bet that labels are drawn at random', () => {
  it('wins nothing of people who differ, on stars and on finer scales', () => {
    for (const seed of ['a', 'b', 'c'])
      for (const whole of [true, false])
        for (const r of [0.3, 0.95]) expect(meanOfBet(seed, whole, r)).toBeLessThan(1.02)
  })
})

/** Stars of seventy raters. @param change what becomes of a label. */
function alarmsOf(seed: string, change: (star: number, index: number, rater: number) => number): Alarm[] {
  const rows = Array.from({ length: 9000 }, (_, index): Training => {
    const u = (what: string) => hashUniform(`${seed} ${what}`, index)
    const rater = Math.floor(70 * u('rater') ** 2)
    const [x, y] = [u('x') * 2 - 1, u('y') * 2 - 1]
    const liking =
      3.4 + x + 0.5 * y + 0.4 * hashNormal(`${seed} severity`, rater) + 0.6 * hashNormal(`${seed} noise`, index)
    const star = Math.min(5, Math.max(1, Math.round(liking)))
    const data = {
      model: 'made',
      origin: { id: `r-${rater}`, kind: 'user' },
      features: { x, y },
      label: change(star, index, rater),
    }
    return { index, event: { type: 'ml.training.v1', id: `t-${index}`, source: '/made', timeMs: 1000 * index, data } }
  })
  return watchRows(labelFlip, rows, contextOf(1 / 200_000, { task: 'regression' }), rows.length).alarms
}

describe('a rater of stars who was careful', () => {
  const other = (star: number, u: number) => ((star + Math.floor(4 * u)) % 5) + 1

  it('is named when he gives them at random, and when he does in a third of his rows', () => {
    for (const part of [1, 0.35]) {
      const alarms = alarmsOf(`wild ${part}`, (star, index, rater) =>
        rater === 2 && index > 4000 && hashUniform('turn', index) < part
          ? other(star, hashUniform('other', index))
          : star,
      )
      expect(alarms.map(({ subject }) => subject.origin)).toEqual(['r-2'])
    }
  })

  it('is not when he does so in one row of twenty, or never', () => {
    const careless = alarmsOf('careless', (star, index, rater) =>
      rater === 2 && index > 4000 && hashUniform('turn', index) < 0.05
        ? other(star, hashUniform('other', index))
        : star,
    )
    expect(careless).toEqual([])
    expect(alarmsOf('honest', (star) => star)).toEqual([])
  })
})
