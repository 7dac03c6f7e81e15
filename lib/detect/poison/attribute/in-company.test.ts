import { expect, it } from 'vitest'
import { emptyJudgement } from '@/lib/learn/judge/calibrate'
import { emptyWhereabouts, type Recent, remember, startRecent } from '@/lib/learn/place/recent'
import { hashUniform } from '@/lib/stats/hash-uniform'
import { inCompany } from './in-company'

const category = (feature: number, value: number) => (feature << 21) | (1 << 20) | value
const judged = Object.assign(emptyJudgement(), { classes: 2, favourite: 0, disagree: 0.05, steady: 0.05 })
judged.p.set([0.95, 0.05])

interface Row {
  /** Of feature 0, a category. */
  value: number
  bad: boolean
  /** Of feature 1, a twelfth of a number. */
  bin?: number
  words?: readonly number[]
}

/** 800 rows of eight sources in turn, one of which is in question from line 400 on. */
function rows(rowOf: (source: number, index: number, u: number) => Row): Recent {
  const recent = startRecent()
  const lies = emptyWhereabouts()
  for (let index = 0; index < 800; index++) {
    const source = index % 8
    const { value, bad, bin, words } = rowOf(source, index, hashUniform('row', index))
    lies.place.set([category(0, value), (1 << 21) | (bin ?? Math.floor(12 * hashUniform('bin', index)))])
    lies.places = 2
    lies.words = words?.length ?? 0
    lies.word.set(words ?? [])
    remember(recent, judged, bad ? 1 : 0, index, source, -1, lies)
  }
  return recent
}
const ask = (recent: Recent, source = 0) =>
  inCompany(recent, {
    who: recent.origin,
    isTheirs: (number) => number === source,
    sinceIndex: 400,
    isTouched: () => true,
    isBad: (at) => recent.y[at] === 1,
  })
const usual = (index: number) => Math.floor(3 * hashUniform('usual', index))

it('has company where it sends what all send, and all of it is like theirs', () => {
  const isLike = ask(
    rows((source, index, u) => ({ value: usual(index), bad: source === 0 && index >= 400 && u < 0.5 })),
  )
  let like = 0
  for (let at = 0; at < 800; at++) if (at % 8 !== 0 && isLike?.(at)) like++
  expect(like).toBeGreaterThan(400)
})

it('has none in a place that it alone serves: a value, a corner of a number, words', () => {
  const isBad = (source: number, index: number, u: number) => source === 0 && index >= 400 && u < 0.5
  const isNew = (source: number, index: number) => source === 0 && index >= 400
  expect(ask(rows((s, i, u) => ({ value: isNew(s, i) ? 9 : usual(i), bad: isBad(s, i, u) })))).toBeNull()
  const corner = (s: number, i: number) => (isNew(s, i) ? 11 : Math.floor(10 * hashUniform('bin', i)))
  expect(ask(rows((s, i, u) => ({ value: usual(i), bin: corner(s, i), bad: isBad(s, i, u) })))).toBeNull()
  const words = (s: number, i: number) => (isNew(s, i) ? [70 + (i % 3), 80] : [usual(i), 10 + usual(i)])
  expect(ask(rows((s, i, u) => ({ value: usual(i), words: words(s, i), bad: isBad(s, i, u) })))).toBeNull()
})

it('is not excused by rows of its own place that are fine, nor by a value that names it', () => {
  const half = (s: number, i: number) => (s === 0 && i >= 400 && hashUniform('half', i) < 0.5 ? 9 : usual(i))
  expect(
    ask(rows((s, i, u) => ({ value: half(s, i), bad: s === 0 && i >= 400 && half(s, i) !== 9 && u < 0.8 }))),
  ).not.toBeNull()
  expect(ask(rows((s, i, u) => ({ value: s, bad: s === 0 && i >= 400 && u < 0.5 })))).not.toBeNull()
})

it('is compared with its own past where nobody else is, and with others who show the same', () => {
  const own = (s: number, i: number) => (s === 0 ? 9 : usual(i))
  expect(ask(rows((s, i, u) => ({ value: own(s, i), bad: s === 0 && i >= 400 && u < 0.5 })))).not.toBeNull()
  expect(ask(rows((s, i, u) => ({ value: own(s, i), bad: s === 0 && u < 0.5 })))).toBeNull()
  // A hard value that two others serve as well.
  const hard = (s: number, i: number) => (s < 3 && i >= 400 && (s === 0 || i % 3 === 0) ? 9 : usual(i))
  expect(ask(rows((s, i, u) => ({ value: hard(s, i), bad: hard(s, i) === 9 && u < 0.5 })))).toBeNull()
})
