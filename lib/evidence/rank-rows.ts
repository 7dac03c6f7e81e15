import { learnedRates } from '@/lib/evidence/learned-bets'
import { rankBins } from '@/lib/evidence/rank-bets'
import { agedPart, type RankMixture } from '@/lib/evidence/rank-mixture'

/**
 * `wagerRank` of some rows at once: the same numbers, bit by bit, as row by row, at half the cost, for a bet stays in hand through all of them. While rows wait,
 * what their bets can have come to is bounded: M ← e·(M + mass) for all of them is at most (greatest e on this rank)·(ΣM + mass).
 */

/** No fixed bet of a mixture pays more on a rank in each bin. */
export const mostPaid = ({ table, fixed }: RankMixture): Float64Array =>
  Float64Array.from({ length: rankBins }, (_, k) => Math.max(...table.subarray(k * fixed, (k + 1) * fixed)))

/** Rows that bets may be behind. */
export const mostBehind = 16
const rowAt = new Int32Array(mostBehind)
const moves = new Float64Array(mostBehind)
const masses = new Float64Array(mostBehind)

/** The fixed bets' part. @param bytes a row, at ranks[from …]: the bin in its low five bits. @param numbers mass of all bets, a row, at numbers[first …], `apart` from one another. @param rows of the reference at the first of them. */
export function wagerFixedRows(
  { table, fixed, ageing, shares }: RankMixture,
  m: Float64Array,
  at: number,
  ranks: Uint8Array,
  from: number,
  numbers: Float64Array,
  first: number,
  apart: number,
  count: number,
  rows: number,
): void {
  for (let j = 0; j < count; j++) {
    rowAt[j] = ((ranks[from + j] as number) & 31) * fixed
    moves[j] = 1 / (agedPart * (rows + j))
    masses[j] = numbers[first + apart * j] as number
  }
  // Two or three at a time: none waits for another. Bets that age come in twos, up and down.
  for (let b = 0; b < ageing; b += 2) {
    const shareX = shares[b] as number
    const shareY = shares[b + 1] as number
    let x = m[at + b] as number
    let y = m[at + b + 1] as number
    let agedX = m[at + ageing + b] as number
    let agedY = m[at + ageing + b + 1] as number
    for (let j = 0; j < count; j++) {
      const e = (rowAt[j] as number) + b
      const move = moves[j] as number
      const mass = masses[j] as number
      const movedX = x * move
      const movedY = y * move
      x = (table[e] as number) * (x - movedX + mass * shareX)
      y = (table[e + 1] as number) * (y - movedY + mass * shareY)
      agedX = (table[e + ageing] as number) * (agedX + movedX)
      agedY = (table[e + ageing + 1] as number) * (agedY + movedY)
    }
    m[at + b] = x
    m[at + b + 1] = y
    m[at + ageing + b] = agedX
    m[at + ageing + b + 1] = agedY
  }
  let b = 2 * ageing
  for (; b + 2 < fixed; b += 3) {
    const shareX = shares[b] as number
    const shareY = shares[b + 1] as number
    const shareZ = shares[b + 2] as number
    let x = m[at + b] as number
    let y = m[at + b + 1] as number
    let z = m[at + b + 2] as number
    for (let j = 0; j < count; j++) {
      const e = (rowAt[j] as number) + b
      const mass = masses[j] as number
      x = (table[e] as number) * (x + mass * shareX)
      y = (table[e + 1] as number) * (y + mass * shareY)
      z = (table[e + 2] as number) * (z + mass * shareZ)
    }
    m[at + b] = x
    m[at + b + 1] = y
    m[at + b + 2] = z
  }
  for (; b < fixed; b++) {
    let x = m[at + b] as number
    for (let j = 0; j < count; j++)
      x = (table[(rowAt[j] as number) + b] as number) * (x + (masses[j] as number) * (shares[b] as number))
    m[at + b] = x
  }
}

/** ΣM, added up in the order of `wagerRank`. */
export function sumOfBets({ fixed, ageing, tails }: RankMixture, m: Float64Array, at: number): number {
  let young = 0
  let aged = 0
  for (let b = at; b < at + ageing; b++) {
    young += m[b] as number
    aged += m[b + ageing] as number
  }
  let b = at + 2 * ageing
  for (; b < at + fixed - 1; b += 2) {
    young += m[b] as number
    aged += m[b + 1] as number
  }
  if (b < at + fixed) young += m[b] as number
  let learned = 0
  for (b = at + fixed; b < at + fixed + learnedRates.length; b++) learned += m[b] as number
  let tail = 0
  for (const end = b + tails.length; b < end; b++) tail += m[b] as number
  return young + aged + learned + tail
}
