import { type Level, learnBin, rankNext, stratumOf, tailOf } from '@/lib/detect/drift/level'
import { scoreOf, tieAt } from '@/lib/detect/drift/normal-scores'
import { completeBaseline } from '@/lib/detect/drift/numeric/baseline'
import { keepLevel, passed } from '@/lib/detect/drift/numeric/crossing'
import { addGathered } from '@/lib/detect/drift/numeric/gathering'
import { armOn, fewestBlocks, settle, valuesSince } from '@/lib/detect/drift/numeric/level'
import { type Alternative, otherDay, turnDay } from '@/lib/detect/drift/numeric/other-day'
import {
  type Crossing,
  holdRows,
  type NumericUnit,
  none,
  rankByte,
  recentRows,
  startNumericUnit,
} from '@/lib/detect/drift/numeric/state'
import { viewNext } from '@/lib/detect/drift/numeric/view'
import { whiten } from '@/lib/detect/drift/whiten'
import { weekHourOf } from '@/lib/detect/season'
import { count } from '@/lib/evidence/e-detector'
import { rankBin } from '@/lib/evidence/rank-bets'
import { rankMixtures, wagerRank } from '@/lib/evidence/rank-mixture'
import { highAt, lowAt, massAt, rankAt, rowsAt, startStake, sumAt, valueAt } from '@/lib/evidence/stake'

/** A numeric unit row by row; its state stands in numeric/state. */
export type { Crossing, NumericUnit }
export { completeBaseline, holdRows, keepLevel, recentRows, startNumericUnit, valuesSince }

/**
 * Takes the value of a row (finite) with its restart mass. @returns what crossed, or null.
 * @param u uniform and its own for this row.
 * @param stratum code of the row's segment, below 256: used where the baseline's rows differ by it.
 * @param timeMs event time: used where there is a season.
 */
export function watchValue(
  unit: NumericUnit,
  row: number,
  value: number,
  mass: number,
  u: number,
  stratum = 0,
  timeMs = Number.NaN,
): Crossing | null {
  watched[0] = value
  watched[1] = mass
  watched[2] = u
  watched[3] = timeMs
  return watchNext(unit, row, stratum)
}

/** Value, mass, u and time of the next `watchNext`: as arguments each would be put into a box of its own, for every value of every row. */
export const watched = new Float64Array(4)
const stake = startStake()

/** As `watchValue`, of what stands in `watched`. */
export function watchNext(unit: NumericUnit, row: number, stratum: number): Crossing | null {
  if (unit.phase === 'gathering') {
    gatherNext(unit, row, stratum)
    return null
  }
  const slot = row % unit.held
  unit.ranks[slot] = none
  if (unit.phase === 'off') return null
  const own = viewNext(unit, row, stratum, watched, stake)
  if (unit.phase === 'settling') {
    unit.settled++
    settle(unit, row)
    return null
  }
  const { level, alternative, pending } = unit
  if (own < 0 || !level) {
    unit.pending = pending + (watched[1] as number)
    return null
  }
  stake[massAt] = pending + (watched[1] as number)
  if (pending > 0) unit.pending = 0
  if (alternative) {
    const total = watchDays(unit, level, alternative, slot, own)
    return total < 1 ? null : passed(unit, row, total)
  }
  wager(unit, level, slot, own)
  const total = stake[sumAt] as number
  return total < 1 ? null : passed(unit, row, total)
}

function gatherNext(unit: NumericUnit, row: number, stratum: number): void {
  const value = watched[0] as number
  const at = row % unit.recent.length
  unit.recentStrata[at] = stratum
  unit.recent[at] = value
  // There may be no rings yet: a place that is none would make every later one slow.
  if (unit.held > 0) unit.ranks[row % unit.held] = none
  if (unit.blocks) gatherBlock(unit, row, value)
  else if (unit.beside) addGathered(unit.gathered, unit.beside, value, stratum, watched[3] as number)
}

/** In a season with weekends: the lesser ΣM of the two kinds of day. */
function watchDays(unit: NumericUnit, level: Level, other: Alternative, slot: number, own: number): number {
  const white = stake[valueAt] as number
  const mass = stake[massAt] as number
  const timeMs = watched[3] as number
  turnDay(unit, other, timeMs)
  wager(unit, level, slot, own)
  return otherDay(unit, other, slot, white, watched[2] as number, mass, weekHourOf(timeMs), stake[sumAt] as number)
}

/** A row without a value for this unit. */
export function skipRow(unit: NumericUnit, row: number): void {
  unit.ranks[row % unit.held] = none
  unit.recent[row % unit.recent.length] = Number.NaN
}

/** Bets on what stands in `stake`: mass, the whitened value, its uniform number. ΣM comes there too. */
function wager(unit: NumericUnit, level: Level, slot: number, stratum: number): void {
  count(unit.evidence, stake[massAt] as number)
  const own = stratumOf(level, stratum)
  const bin = rankNext(level, own, stake)
  const p = stake[rankAt] as number
  const k = rankBin(p)
  const tail = tailOf(p, stake[lowAt] as number, stake[highAt] as number)
  // A stratum of few rows has wide tails: what is remembered, for the onset, are those of the whole baseline.
  unit.ranks[slot] = rankByte(k, level.strata.length > 1 ? tailOf(p, level.low, level.high) : tail)
  // On a holiday the row belongs among the Sundays (numeric-other-day).
  if (!unit.alternative?.sunday) learnBin(own, bin)
  stake[rowsAt] = level.size + unit.evidence.updates
  wagerRank(rankMixtures[unit.side], unit.evidence.m, unit.learned, k, tail, stake)
}

/** Blocks of the baseline go on filling until there are enough. */
function gatherBlock(unit: NumericUnit, row: number, value: number): void {
  const score = unit.scores ? scoreOf(unit.scores, value, tieAt(row)) : value
  const mean = whiten(unit.whitener, score, false)
  const blocks = unit.blocks as number[]
  if (!Number.isNaN(mean)) blocks.push(mean)
  if (blocks.length < fewestBlocks) return
  unit.approvedWhite = Float64Array.from(blocks)
  unit.blocks = null
  armOn(unit, unit.approved, unit.approvedWhite, null, row + 1)
}
