import { tailOf } from '@/lib/detect/drift/level'
import {
  behindBy,
  binsAt,
  catchUp,
  countsOf,
  firstHigh,
  firstLearned,
  firstLow,
  firstMass,
  highestIn,
  lastBin,
  lowestIn,
  mixture,
  mostM,
  type NumericBook,
  places,
  rowsIn,
  selfIn,
  stretch,
  takeIn,
  takeOut,
  updatesIn,
} from '@/lib/detect/drift/numeric/book'
import { passed } from '@/lib/detect/drift/numeric/crossing'
import { type Crossing, type NumericUnit, none, rankByte } from '@/lib/detect/drift/numeric/state'
import { skipRow, watched, watchNext } from '@/lib/detect/drift/numeric/unit'
import { viewNext } from '@/lib/detect/drift/numeric/view'
import { mostWaiting } from '@/lib/detect/drift/patience'
import { mostLearned } from '@/lib/evidence/learned-bets'
import { rankBin } from '@/lib/evidence/rank-bets'
import { mostBehind, mostPaid } from '@/lib/evidence/rank-rows'
import { startStake, valueAt } from '@/lib/evidence/stake'
import { middle, mostOnTail } from '@/lib/evidence/tail-bets'
import { binInBook } from '@/lib/stats/edge-grid'
import { goldenStep } from '@/lib/stats/golden-step'
import { foldTally, tally, tallyBelow, tallyOf, tallySize } from '@/lib/stats/running-counts'

/** What came of a row, by unit: filled by `watchRow`, to be emptied by whoever reads it. */
export const crossed: { slot: number; crossing: Crossing }[] = []
export const returned: number[] = []

const paid = mostPaid(mixture)
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
  const { place, grids, counts, numbers, behind } = book
  let step = 0
  let [held, slot, length, latest] = [0, 0, 0, 0]
  for (let i = 0; i < units.length; i++) {
    const unit = units[i] as NumericUnit
    let value = values[i] as number
    step += goldenStep
    if (step >= 1) step -= 1
    if (Number.isNaN(value)) {
      skipRow(unit, row)
      continue
    }
    const part = fraction(u + step)
    let spent = mass
    if (unit.held !== held) {
      held = unit.held
      slot = row % held
    }
    if (place[i] === places.plain) {
      if (unit.recent.length !== length) {
        length = unit.recent.length
        latest = row % length
      }
      unit.recent[latest] = value
    } else {
      watched[0] = value
      watched[1] = mass
      watched[2] = part
      watched[3] = timeMs
      if (place[i] === places.out) {
        const crossing = watchNext(unit, row, stratum)
        takeIn(book, i, unit)
        if (crossing) crossed.push({ slot: i, crossing })
        else if (unit.returnedRow === row) returned.push(i)
        continue
      }
      unit.ranks[slot] = none
      if (viewNext(unit, row, stratum, watched, stake) < 0) {
        unit.pending += mass
        continue
      }
      value = stake[valueAt] as number
      spent = unit.pending + mass
      unit.pending = 0
    }
    const own = i * countsOf
    const at = i * stretch
    const bin = binInBook(grids, i, value)
    const self = counts[own + selfIn] as number
    const rows = counts[own + rowsIn] as number
    const all = rows + self
    const p = placeIn(book, i, bin, part, self) / all
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
    const byte = rankByte(k, tail)
    unit.ranks[slot] = byte
    behind[i * mostBehind + waiting] = byte
    numbers[at + firstMass + waiting] = spent
    numbers[at + firstLow + waiting] = low
    numbers[at + firstHigh + waiting] = high
    let e = paid[k] as number
    const learned = mostLearned(numbers, at + firstLearned, k, waiting)
    if (learned > e) e = learned
    if (tail !== middle) e = Math.max(e, mostOnTail(mixture.tails, tail, low, high))
    const most = e * ((numbers[at + mostM] as number) + spent)
    numbers[at + mostM] = most
    if (waiting + 1 < mostBehind && most <= sure) continue
    const total = catchUp(book, i)
    if (total < 1 || (row < unit.lookRow && total <= mostWaiting)) continue
    takeOut(book, i, unit)
    const crossing = passed(unit, row, total)
    takeIn(book, i, unit)
    if (crossing) crossed.push({ slot: i, crossing })
    else if (unit.returnedRow === row) returned.push(i)
  }
}

const fraction = (value: number): number => Math.min(0.9999999999999999, Math.max(1e-16, value - Math.floor(value)))

/** As `placeAmong`, then `addCount`. */
function placeIn({ below, late }: NumericBook, i: number, bin: number, part: number, self: number): number {
  const from = i * binsAt
  const at = i * tallySize
  const lower = below[from + bin] as number
  const own = (below[from + bin + 1] as number) - lower
  const place = lower + tallyBelow(late, at, bin) + part * (own + tallyOf(late, at, bin) + self)
  if (tally(late, at, bin)) foldTally(late, at, below, from, binsAt)
  return place
}
