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
  mostFresh,
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
import { watched, watchNext } from '@/lib/detect/drift/numeric/unit'
import { viewNext } from '@/lib/detect/drift/numeric/view'
import { mostWaiting } from '@/lib/detect/drift/patience'
import { mostLearned } from '@/lib/evidence/learned-bets'
import { rankBin } from '@/lib/evidence/rank-bets'
import { mostBehind, mostPaid } from '@/lib/evidence/rank-rows'
import { massAt, startStake, sumAt, valueAt } from '@/lib/evidence/stake'
import { middle, mostOnTail } from '@/lib/evidence/tail-bets'
import { binInBook } from '@/lib/stats/edge-grid'

const paid = mostPaid(mixture)
const stake = startStake()

/** As `watchNext` of unit i, which may stand in the book, of what stands in `watched`. */
export function watchInBook(
  book: NumericBook,
  i: number,
  unit: NumericUnit,
  row: number,
  stratum: number,
): Crossing | null {
  const place = book.place[i]
  if (place === places.out) {
    const crossing = watchNext(unit, row, stratum)
    takeIn(book, i, unit)
    return crossing
  }
  const slot = row % unit.held
  if (place === places.plain) {
    unit.recent[row % unit.recent.length] = stake[valueAt] = watched[0] as number
    stake[massAt] = watched[1] as number
  } else {
    unit.ranks[slot] = none
    if (viewNext(unit, row, stratum, watched, stake) < 0) {
      unit.pending += watched[1] as number
      return null
    }
    stake[massAt] = unit.pending + (watched[1] as number)
    unit.pending = 0
  }
  unit.ranks[slot] = wager(book, i)
  const total = stake[sumAt] as number
  if (total < 1 || (row < unit.lookRow && total <= mostWaiting)) return null
  takeOut(book, i, unit)
  const crossing = passed(unit, row, total)
  takeIn(book, i, unit)
  return crossing
}

/** Below it no rounding hides an alarm. */
const sure = 0.99

/**
 * As a unit's own wager (numeric/unit): ranks the value in `stake`, counts it, bets on the rank. The bets wait until there are some rows for them, as long as what
 * they can have come to is too little for an alarm. @returns the rank as a byte; ΣM comes in `stake`, 0 while they wait.
 */
function wager(book: NumericBook, i: number): number {
  const { counts, numbers } = book
  const own = i * countsOf
  const at = i * stretch
  const bin = binInBook(book.grids, i, stake[valueAt] as number)
  const self = counts[own + selfIn] as number
  const all = (counts[own + rowsIn] as number) + self
  const p = placeIn(book, i, bin, watched[2] as number, self) / all
  const low = ((counts[own + lowestIn] as number) + self) / all
  const high = ((counts[own + highestIn] as number) + self) / all
  const k = rankBin(p)
  const tail = tailOf(p, low, high)
  counts[own + rowsIn] = all - self + 1
  counts[own + lowestIn] = (counts[own + lowestIn] as number) + +(bin === 0)
  counts[own + highestIn] = (counts[own + highestIn] as number) + +(bin === counts[own + lastBin])
  counts[own + updatesIn] = (counts[own + updatesIn] as number) + 1
  const behind = counts[own + behindBy] as number
  counts[own + behindBy] = behind + 1
  const mass = stake[massAt] as number
  const byte = rankByte(k, tail)
  book.behind[i * mostBehind + behind] = byte
  numbers[at + firstMass + behind] = mass
  numbers[at + firstLow + behind] = low
  numbers[at + firstHigh + behind] = high
  let e = Math.max(paid[k] as number, mostLearned(numbers, at + firstLearned, k, behind))
  if (tail !== middle) e = Math.max(e, mostOnTail(mixture.tails, tail, low, high))
  const most = e * ((numbers[at + mostM] as number) + mass)
  numbers[at + mostM] = most
  stake[sumAt] = behind + 1 === mostBehind || most > sure ? catchUp(book, i) : 0
  return byte
}

/** As `placeAmong`, then `addCount`. */
function placeIn(book: NumericBook, i: number, bin: number, part: number, self: number): number {
  const { below, fresh, freshCount } = book
  const at = i * binsAt + bin
  let lower = below[at] as number
  let own = (below[at + 1] as number) - lower
  const start = i * mostFresh
  const end = start + (freshCount[i] as number)
  for (let f = start; f < end; f++) {
    const apart = (fresh[f] as number) - bin
    lower += apart >>> 31
    own += +(apart === 0)
  }
  fresh[end] = bin
  if (end + 1 === start + mostFresh) fold(book, i)
  else freshCount[i] = end + 1 - start
  return lower + part * (own + self)
}

/** The fresh bins of a unit enter its counts. */
function fold({ below, fresh, freshCount }: NumericBook, i: number): void {
  const from = i * binsAt
  folded.fill(0)
  for (let f = i * mostFresh; f < (i + 1) * mostFresh; f++) {
    const next = (fresh[f] as number) + 1
    folded[next] = (folded[next] as number) + 1
  }
  let sum = 0
  for (let b = 1; b < binsAt; b++) {
    sum += folded[b] as number
    below[from + b] = (below[from + b] as number) + sum
  }
  freshCount[i] = 0
}
const folded = new Int32Array(binsAt)
