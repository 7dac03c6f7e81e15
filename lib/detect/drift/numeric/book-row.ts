import { tailOf } from '@/lib/detect/drift/level'
import {
  apart,
  behindBy,
  binsAt,
  countsOf,
  firstMost,
  firstRow,
  firstWaiting,
  highestIn,
  highOf,
  lastBin,
  lowestIn,
  lowOf,
  massOf,
  mixture,
  mostM,
  type NumericBook,
  places,
  rowsIn,
  seenOf,
  selfIn,
  stretch,
  updatesIn,
} from '@/lib/detect/drift/numeric/book'
import { takeIn, takeOut } from '@/lib/detect/drift/numeric/book-units'
import { catchUp } from '@/lib/detect/drift/numeric/catch-up'
import { passed } from '@/lib/detect/drift/numeric/crossing'
import { mostFeatures } from '@/lib/detect/drift/numeric/read-values'
import { type Crossing, type NumericUnit, none, rankByte } from '@/lib/detect/drift/numeric/state'
import { skipRow, watched, watchNext } from '@/lib/detect/drift/numeric/unit'
import { viewNext } from '@/lib/detect/drift/numeric/view'
import { mostWaiting } from '@/lib/detect/drift/patience'
import { mostLearned } from '@/lib/evidence/learned-bets'
import { rankBin } from '@/lib/evidence/rank-bets'
import { mostBehind } from '@/lib/evidence/rank-rows'
import { startStake, valueAt } from '@/lib/evidence/stake'
import { middle, mostOnTail } from '@/lib/evidence/tail-bets'
import { binInBook } from '@/lib/stats/edge-grid'
import { goldenStep } from '@/lib/stats/golden-step'
import { takePlace, tallySize } from '@/lib/stats/running-counts'

/** What came of a row, by unit: filled by `watchRow`, to be emptied by whoever reads it. */
export const crossed: { slot: number; crossing: Crossing }[] = []
export const returned: number[] = []

const stake = startStake()
/** Below it no rounding hides an alarm. */
const sure = 0.99

/**
 * As `watchNext` of every unit that has a value at the row at hand, `mass` each, of those in the book bit by bit the same; all in one loop, for a call a value would
 * cost as much again. What stands in the book is ranked, counted, and bet on by its rank: the bets wait until there are some rows for them, as long as
 * what they can have come to is too little for an alarm.
 * @param values by unit, NaN where there is none. @param u uniform and its own for the row.
 */
export function watchRow(
  book: NumericBook,
  units: readonly NumericUnit[],
  values: Float64Array,
  row: number,
  stratum: number,
  mass: number,
  u: number,
  timeMs: number,
): void {
  const { place, grids } = book
  const count = units.length
  for (let i = 0; i < count; i++) {
    const value = values[i] as number
    seen[i] = value
    spent[i] = mass
    if (place[i] !== places.plain || Number.isNaN(value))
      viewOther(book, units[i] as NumericUnit, i, value, row, stratum, mass, partOf(i, u), timeMs)
  }
  for (let i = 0; i < count; i++) if (!Number.isNaN(seen[i])) bins[i] = binInBook(grids, i, seen[i] as number)
  for (let i = 0; i < count; i++) {
    if (Number.isNaN(seen[i]) || rankRow(book, i, row, partOf(i, u))) continue
    const unit = units[i] as NumericUnit
    const total = catchUp(book, i, unit)
    if (total < 1 || (row < unit.lookRow && total <= mostWaiting)) continue
    takeOut(book, i, unit)
    const crossing = passed(unit, row, total)
    takeIn(book, i, unit)
    if (crossing) crossed.push({ slot: i, crossing })
    else if (unit.returnedRow === row) returned.push(i)
  }
  if (crossed.length > 1) crossed.sort((a, b) => a.slot - b.slot)
  if (returned.length > 1) returned.sort((a, b) => a - b)
}

/** By unit, of the row at hand: the value as it is ranked, NaN where there is none; its mass and its bin. */
const seen = new Float64Array(mostFeatures)
const spent = new Float64Array(mostFeatures)
const bins = new Uint8Array(mostFeatures)
/** What makes a row's uniform number each unit's own. */
const steps = new Float64Array(mostFeatures)
for (let i = 0, step = 0; i < mostFeatures; i++) {
  step += goldenStep
  if (step >= 1) step -= 1
  steps[i] = step
}

function partOf(i: number, u: number): number {
  const part = u + (steps[i] as number)
  return Math.min(0.9999999999999999, Math.max(1e-16, part - Math.floor(part)))
}

/** A unit without a value, with one that is not ranked as it comes, or not in the book. What it is ranked by comes in `seen`. */
function viewOther(
  book: NumericBook,
  unit: NumericUnit,
  i: number,
  value: number,
  row: number,
  stratum: number,
  mass: number,
  part: number,
  timeMs: number,
): void {
  if (Number.isNaN(value)) {
    catchUpWaiting(book, i, unit)
    skipRow(unit, row)
    return
  }
  watched[0] = value
  watched[1] = mass
  watched[2] = part
  watched[3] = timeMs
  seen[i] = Number.NaN
  if (book.place[i] === places.out) {
    const crossing = watchNext(unit, row, stratum)
    takeIn(book, i, unit)
    if (crossing) crossed.push({ slot: i, crossing })
    else if (unit.returnedRow === row) returned.push(i)
    return
  }
  if (viewNext(unit, row, stratum, watched, stake) < 0) {
    catchUpWaiting(book, i, unit)
    unit.ranks[row % unit.held] = none
    unit.pending += mass
    return
  }
  seen[i] = stake[valueAt] as number
  spent[i] = unit.pending + mass
  unit.pending = 0
}

/** The rows that wait follow one another. */
function catchUpWaiting(book: NumericBook, i: number, unit: NumericUnit): void {
  if (book.place[i] !== places.out && (book.counts[i * countsOf + behindBy] as number) > 0) catchUp(book, i, unit)
}

/** Ranks the value of a unit, counts it, and lays it by until it is bet on. @returns whether its bets may wait. */
function rankRow(book: NumericBook, i: number, row: number, part: number): boolean {
  const { counts, numbers } = book
  const own = i * countsOf
  const at = i * stretch
  const bin = bins[i] as number
  const mass = spent[i] as number
  const self = counts[own + selfIn] as number
  const rows = counts[own + rowsIn] as number
  const all = rows + self
  const p = takePlace(book.below, i * binsAt, binsAt, book.late, i * tallySize, bin, part, self) / all
  const lows = counts[own + lowestIn] as number
  const highs = counts[own + highestIn] as number
  const low = (lows + self) / all
  const high = (highs + self) / all
  const k = rankBin(p)
  const tail = tailOf(p, low, high)
  counts[own + rowsIn] = rows + 1
  if (bin === 0) counts[own + lowestIn] = lows + 1
  if (bin === counts[own + lastBin]) counts[own + highestIn] = highs + 1
  counts[own + updatesIn] = (counts[own + updatesIn] as number) + 1
  const waiting = counts[own + behindBy] as number
  counts[own + behindBy] = waiting + 1
  book.behind[i * mostBehind + waiting] = rankByte(k, tail)
  if (waiting === 0) numbers[at + firstRow] = row
  const next = at + firstWaiting + apart * waiting
  numbers[next + massOf] = mass
  numbers[next + lowOf] = low
  numbers[next + highOf] = high
  numbers[next + seenOf] = seen[i] as number
  const bound = at + firstMost + k
  let e = numbers[bound] as number
  numbers[bound] = e + (mostLearned[k] as number)
  if (tail !== middle) e = Math.max(e, mostOnTail(mixture.tails, tail, low, high))
  const most = e * ((numbers[at + mostM] as number) + mass)
  numbers[at + mostM] = most
  return waiting + 1 < mostBehind && most <= sure
}
