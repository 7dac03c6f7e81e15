import type { Stratum } from '@/lib/detect/drift/level'
import {
  binsAt,
  countsOf,
  firstLearned,
  firstM,
  highestIn,
  lowestIn,
  massIn,
  type NumericBook,
  places,
  rowsIn,
  stretch,
  updatesIn,
} from '@/lib/detect/drift/numeric/book'
import { boundBets, catchUp } from '@/lib/detect/drift/numeric/catch-up'
import type { NumericUnit } from '@/lib/detect/drift/numeric/state'
import { putGrid } from '@/lib/stats/edge-grid'
import { tallySize } from '@/lib/stats/running-counts'

/** Takes a unit in, if it is armed and its rows are all alike. */
export function takeIn(book: NumericBook, i: number, unit: NumericUnit): void {
  const { level, whitener, evidence } = unit
  if (unit.phase !== 'armed' || !level || unit.season || unit.stratified || unit.alternative) return
  if (unit.side !== 'both' || whitener.kind === 'block' || level.strata.length !== 1) return
  const { grid } = level
  const { counts, total, low, high } = level.strata[0] as Stratum
  book.place[i] = whitener.kind === 'raw' && !unit.scores ? places.plain : places.viewed
  putGrid(book.grids, i, grid)
  book.below.set(counts.below, i * binsAt)
  book.late.set(counts.late, i * tallySize)
  const { numbers } = book
  const at = i * stretch
  book.counts.set([total, low, high, level.self, grid.edges.length, level.size, evidence.updates, 0], i * countsOf)
  numbers[at + massIn] = evidence.mass
  numbers.set(evidence.m, at + firstM)
  numbers.set(unit.learned, at + firstLearned)
  boundBets(book, i)
}

/** Writes what stands here into the unit, which may stay. */
export function handBack(book: NumericBook, i: number, unit: NumericUnit): void {
  if (book.place[i] === places.out) return
  catchUp(book, i, unit)
  const { counts, numbers } = book
  const c = i * countsOf
  const at = i * stretch
  const own = unit.level?.strata[0] as Stratum
  own.counts.below.set(book.below.subarray(i * binsAt, i * binsAt + own.counts.below.length))
  own.counts.late.set(book.late.subarray(i * tallySize, (i + 1) * tallySize))
  own.total = counts[c + rowsIn] as number
  own.low = counts[c + lowestIn] as number
  own.high = counts[c + highestIn] as number
  unit.evidence.mass = numbers[at + massIn] as number
  unit.evidence.updates = counts[c + updatesIn] as number
  unit.evidence.m.set(numbers.subarray(at + firstM, at + firstLearned))
  unit.learned.set(numbers.subarray(at + firstLearned, at + stretch))
}

/** Evidence and learned bets of each unit as they are at the row at hand; changes nothing. */
export function peek(book: NumericBook, units: readonly NumericUnit[]): Pick<NumericUnit, 'evidence' | 'learned'>[] {
  const copy = structuredClone(book)
  return units.map(({ evidence, learned }, i) => {
    if (copy.place[i] === places.out) return { evidence, learned }
    const m = i * stretch + firstM
    catchUp(copy, i, null)
    return {
      evidence: {
        m: copy.numbers.slice(m, m + firstLearned - firstM),
        mass: copy.numbers[i * stretch + massIn] as number,
        updates: copy.counts[i * countsOf + updatesIn] as number,
      },
      learned: copy.numbers.slice(i * stretch + firstLearned, (i + 1) * stretch),
    }
  })
}

/** The unit goes on by itself. */
export function takeOut(book: NumericBook, i: number, unit: NumericUnit): void {
  handBack(book, i, unit)
  book.place[i] = places.out
}
