import { expect, it } from 'vitest'
import { emptyJudgement } from '@/lib/learn/judge/calibrate'
import { emptyWhereabouts, remember, startRecent } from '@/lib/learn/place/recent'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { gatheredBy } from './gathered'

const judged = { ...emptyJudgement(), classes: 2, favourite: 0, disagree: 0.1, steady: 0.1 }
judged.p.set([0.9, 0.1])

/** Rows that the learner takes for class 0: others' lie wide apart, of origin 1 the bad ones close together, its good ones `width` apart. */
function recentOf(width: number) {
  const recent = startRecent()
  const lies = { ...emptyWhereabouts(), hasPoint: true }
  const bad: number[] = []
  for (let i = 0; i < 300; i++) {
    const origin = i % 3 === 0 ? 1 : 2
    const isBad = origin === 1 && i % 2 === 0
    const spread = origin === 2 ? 1 : isBad ? 0.05 : width
    lies.point.forEach((_, d) => {
      lies.point[d] = spread * (hashUniform(`d${d}`, i) - 0.5)
    })
    if (isBad) bad.unshift(recent.next)
    remember(recent, judged, isBad ? 1 : 0, i, origin, -1, lies)
  }
  return { recent, bad }
}

it('is a point where bad rows lie close and the good ones of the same source do not', () => {
  const { recent, bad } = recentOf(1)
  expect(gatheredBy(recent, (number) => number === 1, bad).isPoint).toBe(true)
})

it('is none of who always sends such rows', () => {
  const { recent, bad } = recentOf(0.05)
  expect(gatheredBy(recent, (number) => number === 1, bad).isPoint).toBe(false)
})
