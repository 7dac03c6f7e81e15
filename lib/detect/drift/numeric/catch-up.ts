import {
  apart,
  behindBy,
  countsOf,
  firstLearned,
  firstM,
  firstMost,
  firstRow,
  firstWaiting,
  highOf,
  lowOf,
  massIn,
  massOf,
  mixture,
  mostM,
  type NumericBook,
  places,
  seenOf,
  sizeOf,
  stretch,
  updatesIn,
} from '@/lib/detect/drift/numeric/book'
import type { NumericUnit } from '@/lib/detect/drift/numeric/state'
import { boundLearned, learnedRates, wagerLearnedRows } from '@/lib/evidence/learned-bets'
import { mostBehind, mostPaid, sumOfBets, wagerFixedRows } from '@/lib/evidence/rank-rows'
import { wagerTailRows } from '@/lib/evidence/tail-bets'

/** What a bet pays at most, whatever it has learned. */
const paid = mostPaid(mixture)

/** What may be gained on the next row, and what has been so far: where a unit comes into the book. */
export function boundBets({ numbers }: NumericBook, i: number): void {
  const at = i * stretch
  boundLearned(numbers, at + firstLearned, paid, numbers, at + firstMost)
  numbers[at + mostM] = sumOfBets(mixture, numbers, at + firstM)
}

/** Brings the bets of a unit to the row at hand, and its memory: `unit`, unless nothing may change but the book. @returns their ΣM. */
export function catchUp(book: NumericBook, i: number, unit: NumericUnit | null): number {
  const { behind, counts, numbers } = book
  const own = i * countsOf
  const at = i * stretch
  const count = counts[own + behindBy] as number
  if (unit) remember(book, i, unit, count)
  const rows = (counts[own + sizeOf] as number) + (counts[own + updatesIn] as number) - count + 1
  const first = i * mostBehind
  const m = at + firstM
  const mass = at + firstWaiting + massOf
  const learned = at + firstLearned
  const { shares, fixed, tails } = mixture
  wagerFixedRows(mixture, numbers, m, behind, first, numbers, mass, apart, count, rows)
  wagerLearnedRows(numbers, learned, numbers, m + fixed, shares, fixed, behind, first, numbers, mass, apart, count)
  const tail = fixed + learnedRates.length
  const low = at + firstWaiting + lowOf
  const high = at + firstWaiting + highOf
  wagerTailRows(tails, numbers, m + tail, shares, tail, behind, first, numbers, mass, low, high, apart, count)
  let spent = numbers[at + massIn] as number
  for (let j = 0; j < count; j++) spent += numbers[mass + apart * j] as number
  numbers[at + massIn] = spent
  counts[own + behindBy] = 0
  // As long as all rows that may wait do, the bound is good enough.
  if (count < mostBehind) boundLearned(numbers, learned, paid, numbers, at + firstMost)
  const sum = sumOfBets(mixture, numbers, m)
  numbers[at + mostM] = sum
  return sum
}

/** Values and ranks of the rows that wait: row by row each would touch two more stretches of memory. Where values are viewed, the view remembers them. */
function remember(
  { behind, numbers, place }: NumericBook,
  i: number,
  { recent, ranks, held }: NumericUnit,
  count: number,
): void {
  const at = i * stretch
  const row = numbers[at + firstRow] as number
  for (let j = 0, slot = row % held; j < count; j++) {
    ranks[slot] = behind[i * mostBehind + j] as number
    if (++slot === held) slot = 0
  }
  if (place[i] !== places.plain) return
  const values = at + firstWaiting + seenOf
  for (let j = 0, slot = row % recent.length; j < count; j++) {
    recent[slot] = numbers[values + apart * j] as number
    if (++slot === recent.length) slot = 0
  }
}

/** Brings all to the row at hand: before one unit looks at what another remembers. */
export function catchUpAll(book: NumericBook, units: readonly NumericUnit[]): void {
  for (const [i, unit] of units.entries()) if (book.place[i] !== places.out) catchUp(book, i, unit)
}
