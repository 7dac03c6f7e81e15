import { featureIdOf, isCategory, placesKept } from '@/lib/learn/place/places'
import { pointLength } from '@/lib/learn/place/point'
import type { Recent } from '@/lib/learn/place/recent'
import { wordsKept } from '@/lib/learn/place/words'

/**
 * With which rows may a unit's be compared at all? Where it alone serves a place the learner has seen nobody else, may be sure and wrong there, and nothing
 * tells an attacker from the place.
 *
 * Score    Σ over what a row shows (its places; words; of embeddings alone twelfths of its point) of log(share among the unit's other rows / share among the rest), the
 *          first with `prior` rows of the rest's law added. A row is in company if `fewLike` of the rest (a fifth of them where they are few) score as high.
 * Leaves out features most of whose other senders have values of their own: those name who sends them.
 * Source   propensity scores and their common support: Rosenbaum & Rubin 1983, Biometrika 70.
 */
export interface Support {
  /** Of its rows, slots of those in company. */
  readonly covered: readonly number[]
  /** Hardly any of the rest lies as three quarters of the rows in question do. */
  readonly isAlone: boolean
  /** By slot of the rest: does it lie as the unit's rows in question do? */
  isLike(at: number): boolean
}

const prior = 12
const fewLike = 20
/** Part of the rows in question that lie below the score from which on others' rows are like them. */
const below = 0.25
const shared = -2

/** @param rows slots of the unit's rows. @param bad those of them that speak against it. @param who by slot, whose row it is. @param rest slots of those it is to be compared with. */
export function supportOf(
  recent: Recent,
  rows: readonly number[],
  bad: readonly number[],
  who: Int32Array,
  rest: readonly number[],
): Support {
  const counts = new Map<number, Count>()
  const holders = new Set<number>()
  for (const at of rest) {
    holders.add(who[at] as number)
    for (const item of itemsOf(recent, at)) {
      const of = countOf(counts, item)
      if (of.others === 0) of.holder = who[at] as number
      else if (of.holder !== who[at]) of.holder = shared
      of.others++
    }
  }
  for (const at of rows) for (const item of itemsOf(recent, at)) countOf(counts, item).own++
  const naming = holders.size > 1 ? namingFeatures(counts) : new Set<number>()
  const weightOf = ({ own, others }: Count, self: number): number => {
    const elsewhere = (others + 0.5) / (rest.length + 1)
    return Math.log((own - self + prior * elsewhere) / ((rows.length - self + prior) * elsewhere))
  }
  for (const [item, of] of counts) if (!naming.has(featureOf(item))) of.weight = weightOf(of, 0)
  /** @param self 1 for a row of the unit's own, which must not speak for itself. */
  const scoreOf = (at: number, self: number): number => {
    let score = 0
    for (const item of itemsOf(recent, at)) {
      const of = counts.get(item) as Count
      if (of.weight !== null) score += self === 0 ? of.weight : weightOf(of, self)
    }
    return score
  }
  const scores = new Float64Array(recent.size).fill(Number.NEGATIVE_INFINITY)
  for (const at of rest) scores[at] = scoreOf(at, 0)
  const sorted = Float64Array.from(scores).sort()
  const most = sorted[sorted.length - Math.min(fewLike, Math.ceil(rest.length / 5))] ?? Number.NEGATIVE_INFINITY
  const covered = rows.filter((at) => scoreOf(at, 1) <= most)
  const inQuestion = Float64Array.from(bad, (at) => scoreOf(at, 1)).sort()
  const asBad = inQuestion[Math.floor(below * inQuestion.length)] ?? Number.NEGATIVE_INFINITY
  const least = Math.min(most, asBad)
  const isAlone = (sorted[sorted.length - fewLike] ?? Number.NEGATIVE_INFINITY) < asBad
  return { covered, isAlone, isLike: (at) => (scores[at] as number) >= least }
}

interface Count {
  own: number
  others: number
  /** Who of the rest sends it, if one alone does. */
  holder: number
  /** What it adds to the score of another's row; null: it names who sends it, and says nothing. */
  weight: number | null
}

function countOf(counts: Map<number, Count>, item: number): Count {
  let of = counts.get(item)
  if (!of) {
    of = { own: 0, others: 0, holder: shared, weight: null }
    counts.set(item, of)
  }
  return of
}

const wordBit = 2 ** 32
const pointBit = 2 ** 33
const noFeature = -1
const steps = 12
const items: number[] = []

/** What the row at a slot shows. One array, good until the next row. */
function itemsOf(recent: Recent, at: number): readonly number[] {
  items.length = 0
  for (let k = at * placesKept; k < (at + 1) * placesKept && (recent.place[k] as number) >= 0; k++)
    items.push(recent.place[k] as number)
  for (let k = at * wordsKept; k < (at + 1) * wordsKept && (recent.word[k] ?? -1) >= 0; k++)
    items.push(wordBit + (recent.word[k] as number))
  if (items.length > 0 || Number.isNaN(recent.point[at * pointLength] as number)) return items
  for (let k = 0; k < pointLength; k++) {
    const step = Math.floor(2 * (recent.point[at * pointLength + k] as number)) + steps / 2
    items.push(pointBit + k * steps + Math.max(0, Math.min(steps - 1, step)))
  }
  return items
}

const featureOf = (item: number): number => (item < wordBit && isCategory(item) ? featureIdOf(item) : noFeature)

/** Of the features whose values most rows of the rest share with nobody. */
function namingFeatures(counts: ReadonlyMap<number, Count>): Set<number> {
  const all = new Map<number, { rows: number; alone: number }>()
  for (const [item, { others, holder }] of counts) {
    const feature = featureOf(item)
    if (feature === noFeature) continue
    const of = all.get(feature) ?? { rows: 0, alone: 0 }
    of.rows += others
    if (holder !== shared) of.alone += others
    all.set(feature, of)
  }
  const naming = new Set<number>()
  for (const [feature, { rows, alone }] of all) if (2 * alone > rows) naming.add(feature)
  return naming
}
