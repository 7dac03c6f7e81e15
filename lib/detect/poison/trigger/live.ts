import { type Candidates, mostCandidates } from './candidates'
import { markOf, noMark } from './marks'
import type { TriggerState } from './state'
import { eachTally, findUnit, lineMask, nowhere, retired, tally } from './unit-table'

/** Of the row at hand: candidates with a unit under watch, each once, and its place in the table. */
export interface Live {
  count: number
  candidate: Int32Array
  unit: Int32Array
  /** Candidates without a unit that have a mark, once they are asked for. */
  marked: number
  mark: Int32Array
  /** Parts that the row's mass is divided into, by `divide`. */
  parts: number
}

const room = () => new Int32Array(mostCandidates)
export const live: Live = { count: 0, candidate: room(), unit: room(), marked: 0, mark: room(), parts: 0 }
/** By candidate: the place of its unit, or `nowhere`. */
const unitOf = room()

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [find, look, absent, unmarked, over] = [findUnit, markOf, nowhere, noMark, retired]
const [each, lastLines] = [eachTally, lineMask]
const { latest, misses } = tally
const noteEvery = 15

/** Finds the units of a row's candidates. @param t how many rows testified before it. */
export function findLive({ units }: TriggerState, row: Candidates, t: number): void {
  const { key, hash, count } = row
  const { tallies, label } = units
  const line = t & lastLines
  const { candidate, unit } = live
  let n = 0
  for (let c = 0; c < count; c++) {
    const at = find(units, key[c] as number, hash[c])
    unitOf[c] = at
    if (at === absent) continue
    const own = at * each + latest
    if (label[at] === over) {
      // That it is still met needs no more than to be noted now and then.
      if ((t & noteEvery) === 0) tallies[own] = line
      continue
    }
    // Twice in one row counts once.
    if (tallies[own] === line) continue
    tallies[own] = line
    candidate[n] = c
    unit[n++] = at
  }
  live.count = n
  live.marked = 0
}

/**
 * Divides the mass of a row: most to patterns whose rows never spoke for another class. The parts depend on what the row bears, not on its label; that only
 * rows with an unexpected label come to this takes no more than their due from them, for the mass of the others is left unspent.
 */
export function divide({ units, marks }: TriggerState, row: Candidates): void {
  let total = 0
  for (let l = 0; l < live.count; l++)
    total += partOf(units.tallies[each * (live.unit[l] as number) + misses] as number)
  let n = 0
  for (let c = 0; c < row.count; c++)
    if (unitOf[c] === absent && look(marks, row.hash[c] as number) !== unmarked) live.mark[n++] = c
  live.marked = n
  live.parts = total + n
}

/** What a pattern gets, of `live.parts`. @param misses rows that spoke against it. */
export const partOf = (misses: number) => 1 / (1 + misses)
