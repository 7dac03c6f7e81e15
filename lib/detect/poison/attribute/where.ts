import { binOfPlace, featureIdOf, isCategory, placesKept } from '@/lib/learn/place/places'
import type { Recent } from '@/lib/learn/place/recent'
import { type Condition, liesIn, type Place } from './condition'
import { addOwn } from './own-way'
import { addPushed, bestPush, notPushed, type Pushed, pushes, type Towards } from './push'

/**
 * Do a source's bad rows all lie in one place, while its other rows are fine?
 *
 * Compares  a push in the place alone (elsewhere none, or one of 5 %: everybody errs) with the same push everywhere, by likelihood, over categories,
 *           ranges of a number's twelfths, and pairs of these.
 * Says      the place, where it is likelier by `enough` nats and what the choice among so many places is worth, and where the other rows are enough
 *           to show that they are fine.
 * Source    a scan statistic, Kulldorff 1997, with the learner's chances for its rates.
 */
export interface Where {
  readonly place: Place
  readonly inside: Pushed
  readonly outside: Pushed
  readonly nats: number
}

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const placeSlots = placesKept

const enough = 2
/** Nats by which "its other rows are fine" must beat any push of 12 % and more on them. */
const fine = 3
/** A second condition must be worth this much more than the first alone, nats. */
const enoughForTwo = 4
const triedForTwo = 5
const bins = 12
const fewHits = 4
/** Share of its hits beyond honest ones that lie in the place. */
const mostHits = 0.7

interface Candidate {
  readonly condition: Condition
  readonly log: number
}

/** @param rows slots of the source's rows since the onset that could be hit; @param way its own (./own-way.ts). */
export function whereOf(recent: Recent, towards: Towards, rows: readonly number[], way = 0): Where | null {
  const all = notPushed()
  for (const at of rows) addOwn(all, recent, towards, at, way)
  if (all.hits < fewHits) return null
  const candidates = candidatesOf(recent, towards, rows, all, way)
  const price = Math.log(Math.max(1, candidates.length))
  candidates.sort((a, b) => b.log - a.log)
  let best: Where | null = null
  for (const { condition } of candidates.slice(0, triedForTwo)) {
    const one = whereFor(recent, towards, rows, all, [condition], price, way)
    if (!one) continue
    if (!best || one.nats > best.nats) best = one
    // Rows of that place alone decide what to add to it.
    const inside = rows.filter((at) => liesIn(recent, at, [condition]))
    const more = candidatesOf(recent, towards, inside, all, way)
    more.sort((a, b) => b.log - a.log)
    for (const other of more.slice(0, triedForTwo)) {
      if (sameFeature(other.condition, condition)) continue
      const two = whereFor(recent, towards, rows, all, [condition, other.condition], 2 * price, way)
      if (two && two.nats > best.nats + enoughForTwo) best = two
    }
  }
  return best && best.nats >= enough && holdsMost(best) ? best : null
}

/** Hits alone do not tell: honest rows elsewhere bring theirs. What is beyond is what the likeliest push brings. */
function holdsMost({ inside, outside }: Where): boolean {
  const here = inside.rows * bestPush(inside).push
  const elsewhere = (outside.logs[0] as number) > 0 ? outside.rows * (pushes[0] as number) : 0
  return here >= mostHits * (here + elsewhere)
}

function whereFor(
  recent: Recent,
  towards: Towards,
  rows: readonly number[],
  all: Pushed,
  place: Place,
  price: number,
  way: number,
): Where | null {
  const inside = notPushed()
  const outside = notPushed()
  for (const at of rows) addOwn(liesIn(recent, at, place) ? inside : outside, recent, towards, at, way)
  if (inside.hits < fewHits) return null
  const elsewhere = Math.max(0, outside.logs[0] as number)
  let pushedToo = Number.NEGATIVE_INFINITY
  for (let k = 1; k < outside.logs.length; k++) pushedToo = Math.max(pushedToo, outside.logs[k] as number)
  if (elsewhere - pushedToo < fine) return null
  return { place, inside, outside, nats: bestPush(inside).log + elsewhere - bestPush(all).log - price }
}

const featureOf = (c: Condition) => ('category' in c ? featureIdOf(c.category) : c.feature)
const sameFeature = (a: Condition, b: Condition) => featureOf(a) === featureOf(b)

/** Every category and every range among these rows, with the likelihood of a push in it. */
function candidatesOf(
  recent: Recent,
  towards: Towards,
  rows: readonly number[],
  all: Pushed,
  way: number,
): Candidate[] {
  const categories = new Map<number, Pushed>()
  const numbers = new Map<number, Pushed[]>()
  const own = notPushed()
  for (const at of rows) {
    own.rows = own.hits = 0
    own.logs.fill(0)
    addOwn(own, recent, towards, at, way)
    for (let k = at * placeSlots; k < (at + 1) * placeSlots; k++) {
      const place = recent.place[k] as number
      if (place < 0) break
      if (isCategory(place)) {
        const known = categories.get(place)
        if (known) addPushed(known, own)
        else categories.set(place, { ...own, logs: own.logs.slice() })
      } else {
        let byBin = numbers.get(featureIdOf(place))
        if (!byBin) {
          byBin = Array.from({ length: bins }, notPushed)
          numbers.set(featureIdOf(place), byBin)
        }
        addPushed(byBin[binOfPlace(place)] as Pushed, own)
      }
    }
  }
  const found: Candidate[] = []
  const tryOne = (condition: Condition, pushed: Pushed) => {
    if (pushed.hits >= fewHits && pushed.rows < all.rows) found.push({ condition, log: bestPush(pushed).log })
  }
  for (const [category, pushed] of categories) tryOne({ category }, pushed)
  for (const [feature, byBin] of numbers) {
    for (let from = 0; from < bins; from++) {
      const sum = notPushed()
      for (let to = from; to < bins; to++) {
        const bin = byBin[to] as Pushed
        addPushed(sum, bin)
        if (bin.rows > 0) tryOne({ feature, from, to }, sum)
      }
    }
  }
  return found
}
