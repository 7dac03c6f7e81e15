import { tailOf } from '@/lib/detect/drift/level'
import {
  behindBy,
  binsAt,
  catchUp,
  firstLearned,
  firstM,
  firstMass,
  highestIn,
  lastBin,
  lowestIn,
  massIn,
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
import { type Crossing, type NumericUnit, passed, rankByte, watched, watchNext } from '@/lib/detect/drift/numeric/unit'
import { viewNext } from '@/lib/detect/drift/numeric/view'
import { mostWaiting } from '@/lib/detect/drift/patience'
import { rankBin } from '@/lib/evidence/rank-bets'
import { mostBehind, mostPaid, sumOfBets, wagerOthers } from '@/lib/evidence/rank-rows'
import { highAt, lowAt, massAt, startStake, sumAt, valueAt } from '@/lib/evidence/stake'
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
  const { numbers } = book
  const at = i * stretch
  if (place === places.plain) {
    unit.recent[row % unit.recent.length] = stake[valueAt] = watched[0] as number
    stake[massAt] = watched[1] as number
  } else {
    unit.ranks[slot] = noRank
    if (viewNext(unit, row, stratum, watched, stake) < 0) {
      unit.pending += watched[1] as number
      return null
    }
    stake[massAt] = unit.pending + (watched[1] as number)
    unit.pending = 0
  }
  unit.ranks[slot] = wager(book, i, numbers, at)
  const total = stake[sumAt] as number
  if (total < 1 || (row < unit.lookRow && total <= mostWaiting)) return null
  takeOut(book, i, unit)
  const crossing = passed(unit, row, total)
  takeIn(book, i, unit)
  return crossing
}

const noRank = 255
/** Below it no rounding hides an alarm. */
const sure = 0.99

/**
 * As a unit's own wager (numeric/unit): ranks the value in `stake`, bets on the rank, counts the value. The fixed bets wait until there are some rows for them,
 * as long as what they can have come to is too little for an alarm. @returns the rank as a byte.
 */
function wager(book: NumericBook, i: number, numbers: Float64Array, at: number): number {
  const bin = binInBook(book.grids, i, stake[valueAt] as number)
  const self = numbers[at + selfIn] as number
  const rows = numbers[at + rowsIn] as number
  const all = rows + self
  const p = placeIn(book, i, bin, watched[2] as number, self) / all
  const low = ((numbers[at + lowestIn] as number) + self) / all
  const high = ((numbers[at + highestIn] as number) + self) / all
  const k = rankBin(p)
  const tail = tailOf(p, low, high)
  numbers[at + rowsIn] = rows + 1
  if (bin === 0) numbers[at + lowestIn] = (numbers[at + lowestIn] as number) + 1
  if (bin === numbers[at + lastBin]) numbers[at + highestIn] = (numbers[at + highestIn] as number) + 1
  const updates = (numbers[at + updatesIn] as number) + 1
  numbers[at + updatesIn] = updates
  numbers[at + massIn] = (numbers[at + massIn] as number) + (stake[massAt] as number)
  stake[lowAt] = low
  stake[highAt] = high
  wagerOthers(mixture, numbers, numbers, k, tail, stake, at + firstM, at + firstLearned)
  const count = numbers[at + behindBy] as number
  book.behind[i * mostBehind + count] = k
  numbers[at + firstMass + count] = stake[massAt] as number
  numbers[at + behindBy] = count + 1
  const most = (paid[k] as number) * ((numbers[at + mostM] as number) + (stake[massAt] as number))
  numbers[at + mostM] = most
  if (count + 1 === mostBehind || most + (stake[sumAt] as number) > sure) {
    catchUp(book, i)
    stake[sumAt] = sumOfBets(mixture, numbers, at + firstM, 1)
  }
  return rankByte(k, tail)
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
