import { type Level, laggedRankBinIn, learnBin, rankBinIn, startLevel } from '@/lib/detect/drift/level'
import { numericOnset } from '@/lib/detect/drift/onset'
import { returned } from '@/lib/detect/drift/return'
import { chooseWhitener, type Whitener, whiten, whitenAll } from '@/lib/detect/drift/whiten'
import { clearEvidence, count, type Evidence, startEvidence } from '@/lib/evidence/e-detector'
import { type LearnedBets, learnedRates, startLearnedBets, wagerLearned } from '@/lib/evidence/learned-bets'
import { type RankSide, rankBets, rankBins, rankTables } from '@/lib/evidence/rank-bets'
import { reportEvidence } from '@/lib/evidence/report'
import { binInGrid } from '@/lib/stats/edge-grid'

/**
 * One numeric series under watch, whatever it is: a feature, a residual. Conformal ranks against a growing reference; fixed, learned and tail bets
 * on the ranks; one e-detector. After it fires it settles on the level since the onset (provisional); the approved baseline is kept.
 * Memory is bounded: 2 bytes a row held, `recentRows` values, and the baseline.
 */
export interface NumericUnit {
  side: RankSide
  phase: 'gathering' | 'settling' | 'armed' | 'off'
  provisional: boolean
  /** Values while gathering, in order of arrival. */
  gathered: number[]
  /** How many gathered values complete the baseline, once its rows are over and blocks need more. */
  needed: number
  /** The sorted raw values of the level in force, and of the approved baseline. */
  reference: Float64Array
  approved: Float64Array
  /** The whitened values of the approved baseline, to arm on again. */
  approvedWhite: Float64Array
  whitener: Whitener
  level: Level | null
  learned: LearnedBets
  evidence: Evidence
  /** Mass of lines whose value has not been bet on yet (a block that fills). */
  pending: number
  /** Rank bins by row, `none` where there was no value; `recent` holds raw values by row. */
  ranks: Uint8Array
  tails: Uint8Array
  recent: Float64Array
  /** Length of the rings by row. */
  held: number
  armedRow: number
  onsetRow: number
  settled: number
}

/** What is known when the evidence has passed. */
export interface Crossing {
  onsetRow: number
  logE: number
  threshold: number
  /** Raw values since the onset (the latest that are held), and those they are compared with, sorted. */
  current: Float64Array
  reference: Float64Array
  provisional: boolean
}

export const none = 255
export const recentRows = 4096
/** Values of a new level before it is watched. */
const settleRows = 500
const settleBlocks = 40
const fewestBlocks = 60
const mostGathered = 100_000
const part = { fixed: 0.45, learned: 0.35, tail: 0.2 }

export function startNumericUnit(ringRows: number, side: RankSide = 'both'): NumericUnit {
  const bets = (rankBets[side].fixed.length + rankBets[side].tail.length) / rankBins + learnedRates.length
  return {
    side,
    phase: 'gathering',
    provisional: false,
    gathered: [],
    needed: Number.POSITIVE_INFINITY,
    reference: new Float64Array(0),
    approved: new Float64Array(0),
    approvedWhite: new Float64Array(0),
    whitener: chooseWhitener([]),
    level: null,
    learned: startLearnedBets(),
    evidence: startEvidence(bets),
    pending: 0,
    ranks: new Uint8Array(ringRows).fill(none),
    tails: new Uint8Array(ringRows).fill(none),
    recent: new Float64Array(recentRows).fill(Number.NaN),
    held: ringRows,
    armedRow: 0,
    onsetRow: 0,
    settled: 0,
  }
}

/** How many rows its bytes go back, for onsets; before it is armed. */
export function holdRows(unit: NumericUnit, rows: number): void {
  unit.held = rows
  unit.ranks = new Uint8Array(rows).fill(none)
  unit.tails = new Uint8Array(rows).fill(none)
}

/** The baseline is complete: chooses the whitening and arms, or turns off what cannot be watched (constant, too few rows). */
export function completeBaseline(unit: NumericUnit, row: number, fewest = 50): void {
  const values = unit.gathered
  if (values.length < fewest || values.every((value) => value === values[0])) {
    unit.phase = 'off'
    unit.gathered = []
    return
  }
  const whitener = chooseWhitener(values)
  if (whitener.kind === 'block' && values.length / whitener.size < fewestBlocks) {
    // Not enough blocks yet: gathering goes on.
    unit.needed = fewestBlocks * whitener.size
    if (values.length >= unit.needed || unit.needed > mostGathered) unit.phase = 'off'
    return
  }
  unit.whitener = whitener
  unit.approved = Float64Array.from(values).sort()
  unit.approvedWhite = Float64Array.from(whitenAll(whitener, values))
  unit.gathered = []
  armOn(unit, unit.approved, unit.approvedWhite, row)
}

function armOn(unit: NumericUnit, raw: Float64Array, white: ArrayLike<number>, row: number): void {
  unit.reference = raw
  unit.level = startLevel(white)
  unit.learned = startLearnedBets()
  clearEvidence(unit.evidence)
  unit.pending = 0
  unit.armedRow = row
  unit.phase = 'armed'
}

/** Takes the value of a row (finite) with its restart mass. @returns what crossed, or null. `u` is uniform and its own for this row. */
export function watchValue(unit: NumericUnit, row: number, value: number, mass: number, u: number): Crossing | null {
  unit.recent[row % recentRows] = value
  if (unit.phase === 'gathering') {
    // There may be no rings yet: a place that is none would make every later one slow.
    if (unit.held > 0) unit.ranks[row % unit.held] = none
    unit.gathered.push(value)
    if (unit.gathered.length >= unit.needed) completeBaseline(unit, row + 1)
    return null
  }
  const slot = row % unit.held
  unit.ranks[slot] = none
  if (unit.phase === 'off') return null
  const white = whiten(unit.whitener, value, !unit.provisional && unit.phase === 'armed')
  if (unit.phase === 'settling') {
    unit.settled++
    settle(unit, row)
    return null
  }
  unit.pending += mass
  if (Number.isNaN(white) || !unit.level) return null
  const total = wager(unit, unit.level, slot, white, u)
  if (total < 1) return null
  return cross(unit, row, total)
}

/** A row without a value for this unit. */
export function skipRow(unit: NumericUnit, row: number): void {
  unit.ranks[row % unit.held] = none
  unit.recent[row % recentRows] = Number.NaN
}

function wager(unit: NumericUnit, level: Level, slot: number, white: number, u: number): number {
  const mass = unit.pending
  unit.pending = 0
  count(unit.evidence, mass)
  const bin = binInGrid(level.grid, white)
  const k = rankBinIn(level, bin, u)
  const kt = laggedRankBinIn(level, bin, u)
  unit.ranks[slot] = k
  unit.tails[slot] = kt
  learnBin(level, bin)
  const { fixed, tail } = rankTables[unit.side]
  const bets = fixed.length / rankBins
  const tails = tail.length / rankBins
  const { m } = unit.evidence
  // M stays far from the limits of a number here: it is below 1 before, and no bet pays more than 2,000 or less than 1e-9.
  return (
    wagerTable(fixed, k, bets, m, 0, (mass * part.fixed) / bets) +
    wagerLearned(unit.learned, k, m, bets, (mass * part.learned) / learnedRates.length) +
    wagerTable(tail, kt, tails, m, bets + learnedRates.length, (mass * part.tail) / tails)
  )
}

/** M ← e·(M + mass) for the bets at m[at …], with row `k` of the table. @returns their sum, in two halves so that one addition need not wait for the other. */
function wagerTable(table: Float64Array, k: number, bets: number, m: Float64Array, at: number, mass: number): number {
  const row = k * bets
  let even = 0
  let odd = 0
  let b = 0
  for (; b < bets - 1; b += 2) {
    const first = (table[row + b] as number) * ((m[at + b] as number) + mass)
    const second = (table[row + b + 1] as number) * ((m[at + b + 1] as number) + mass)
    m[at + b] = first
    m[at + b + 1] = second
    even += first
    odd += second
  }
  if (b < bets) {
    const last = (table[row + b] as number) * ((m[at + b] as number) + mass)
    m[at + b] = last
    even += last
  }
  return even + odd
}

function cross(unit: NumericUnit, row: number, total: number): Crossing | null {
  const { logE, threshold } = reportEvidence(unit.evidence, total)
  const block = unit.whitener.kind === 'block' ? unit.whitener.size - 1 : 0
  const onsetRow = Math.max(unit.armedRow, numericOnset(unit, row) - block)
  const crossing = {
    onsetRow,
    logE,
    threshold,
    current: valuesSince(unit, onsetRow, row),
    reference: unit.reference,
    provisional: unit.provisional,
  }
  if (unit.provisional && returned(unit.approved, unit.reference, crossing.current)) {
    unit.provisional = false
    armOn(unit, unit.approved, unit.approvedWhite, row + 1)
    return null
  }
  unit.provisional = true
  unit.phase = 'settling'
  unit.onsetRow = onsetRow
  unit.settled = crossing.current.length
  settle(unit, row)
  return crossing
}

/** Arms on the level since the onset, once it has enough rows. */
function settle(unit: NumericUnit, row: number): void {
  const { kind, size } = unit.whitener
  const needed = kind === 'block' ? Math.min(recentRows, settleBlocks * size) : settleRows
  if (unit.settled < needed) return
  const since = valuesSince(unit, unit.onsetRow, row)
  const white = whitenAll(unit.whitener, since)
  if (white.length < 20) return
  armOn(unit, since.slice().sort(), white, row + 1)
}

/** Raw values of the rows [from, row] that are held, in order. */
export function valuesSince(unit: NumericUnit, from: number, row: number): Float64Array {
  const out: number[] = []
  for (let r = Math.max(from, row - recentRows + 1, 0); r <= row; r++) {
    const value = unit.recent[r % recentRows] as number
    if (!Number.isNaN(value)) out.push(value)
  }
  return Float64Array.from(out)
}
