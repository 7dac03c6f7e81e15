import { type Candidates, mostCandidates } from './candidates'
import { markOf, noMark } from './marks'
import type { TriggerState } from './state'
import { bucketMask, bucketSize, eachTally, filterShift, lineMask, nowhere, retired, tally } from './unit-table'

/** Of the row at hand: candidates with a unit under watch, each once, and its place in the table. */
export interface Live {
  count: number
  candidate: Int32Array
  unit: Int32Array
  /** Candidates under suspicion: their weights are taken out of the row. */
  suspects: number
  suspect: Int32Array
  /** Candidates without a unit that have a mark, once they are asked for. */
  marked: number
  mark: Int32Array
  /** Parts that the row's mass is divided into, by `divide`. */
  parts: number
}

const room = () => new Int32Array(mostCandidates)
export const live: Live = {
  count: 0,
  candidate: room(),
  unit: room(),
  suspects: 0,
  suspect: room(),
  marked: 0,
  mark: room(),
  parts: 0,
}
const here = live
/** Candidates that may have a unit, and its place or `nowhere`; by candidate, once a row's mass is divided. */
const passed = { count: 0, candidate: room(), unit: room() }
const unitOf = room()

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [look, absent, unmarked, over, shift] = [markOf, nowhere, noMark, retired, filterShift]
const [each, lastLines, mask, size] = [eachTally, lineMask, bucketMask, bucketSize]
const { latest, hits, misses, agrees } = tally
const noteEvery = 15

/** Finds the units of a row's candidates. @param t how many rows testified before it. */
export function findLive({ units }: TriggerState, { key, hash, count }: Candidates, t: number): void {
  here.count = here.suspects = here.marked = passed.count = 0
  const { tallies, label, bits, key: keys } = units
  if (keys.length === 0) return
  const { candidate, unit, suspect } = here
  // First, without a branch, those that the bits let pass: a fourth or less.
  const { candidate: through, unit: places } = passed
  let many = 0
  for (let c = 0; c < count; c++) {
    const bit = (hash[c] as number) >>> shift
    through[many] = c
    many += ((bits[bit >>> 5] as number) >>> (bit & 31)) & 1
  }
  passed.count = many
  const line = t & lastLines
  let n = 0
  let suspects = 0
  for (let i = 0; i < many; i++) {
    const c = through[i] as number
    const wanted = key[c] as number
    let at = ((hash[c] as number) & mask) * size
    const end = at + size
    while (at < end && keys[at] !== wanted) at++
    places[i] = at < end ? at : absent
    if (at === end) continue
    const own = at * each
    // What is free has no label either.
    if ((label[at] as number) >= over) {
      // That it is still met needs no more than to be noted now and then.
      if ((t & noteEvery) === 0) tallies[own + latest] = line
      continue
    }
    // Twice in one row counts once.
    if (tallies[own + latest] === line) continue
    tallies[own + latest] = line
    candidate[n] = c
    unit[n++] = at
    const count = tallies[own + hits] as number
    // Rows with it mostly bear its label against what their other inputs say.
    if (count > (tallies[own + misses] as number) && 2 * count >= (tallies[own + agrees] as number))
      suspect[suspects++] = c
  }
  here.count = n
  here.suspects = suspects
}

/**
 * Divides the mass of a row: most to patterns whose rows never spoke for another class. The parts depend on what the row bears, not on its label; that only
 * rows with an unexpected label come to this takes no more than their due from them, for the mass of the others is left unspent.
 */
export function divide({ units, marks }: TriggerState, { hash, count }: Candidates): void {
  let total = 0
  for (let l = 0; l < here.count; l++) total += part(units.tallies[each * (here.unit[l] as number) + misses] as number)
  unitOf.fill(absent, 0, count)
  for (let i = 0; i < passed.count; i++) unitOf[passed.candidate[i] as number] = passed.unit[i] as number
  let n = 0
  for (let c = 0; c < count; c++)
    if (unitOf[c] === absent && look(marks, hash[c] as number) !== unmarked) here.mark[n++] = c
  here.marked = n
  here.parts = total + n
}

/** What a pattern gets, of `live.parts`. @param misses rows that spoke against it. */
export const partOf = (misses: number) => 1 / (1 + misses)
const part = partOf
