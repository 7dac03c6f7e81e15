import { clearEvidence, count, type Evidence, startEvidence } from '@/lib/evidence/e-detector'
import { reportEvidence } from '@/lib/evidence/report'

/**
 * One series of independent scores (counts of bins) under watch, by its conformal ranks: no distribution is assumed, however bursty the traffic.
 *
 * Evidence  p-to-e calibrators a·p^(a−1) of the rank and of its mirror image, at four strengths each; one e-detector. Expectation exactly 1.
 * Source    Vovk & Wang 2021, E-values: calibration, combination and applications.
 */
export interface BinUnit {
  /** Scores of the level in force, sorted, growing to `mostReference`; and of the approved baseline. */
  reference: number[]
  approved: number[]
  evidence: Evidence
  /** Ranks and scores of the bins since it was armed, oldest first, at most `mostRecent`, and how many were dropped. */
  ranks: number[]
  recent: number[]
  dropped: number
  settling: boolean
  provisional: boolean
}

const strengths = [0.1, 0.25, 0.5, 0.8]
const bets = 2 * strengths.length
const mostReference = 5000
const mostRecent = 2000
/** Bins of a new level before it is in force. */
export const settleBins = 40

export const startBinUnit = (scores: readonly number[]): BinUnit => ({
  reference: [...scores].sort((a, b) => a - b),
  approved: [...scores].sort((a, b) => a - b),
  evidence: startEvidence(bets),
  ranks: [],
  recent: [],
  dropped: 0,
  settling: false,
  provisional: false,
})

/** Where a crossing began (index into `recent`), and what its evidence is. */
export interface BinCrossing {
  from: number
  logE: number
  threshold: number
}

/** Takes the score of a bin. `u` is uniform and its own for the bin. */
export function watchBin(unit: BinUnit, score: number, mass: number, u: number): BinCrossing | null {
  const { reference, evidence } = unit
  const below = placeOf(reference, score, false)
  const until = placeOf(reference, score, true)
  const p = (below + u * (until - below + 1)) / (reference.length + 1)
  unit.ranks.push(p)
  unit.recent.push(score)
  if (unit.recent.length > mostRecent) {
    unit.ranks.shift()
    unit.recent.shift()
    unit.dropped++
  }
  if (unit.settling) {
    if (unit.recent.length >= settleBins) armBins(unit, unit.recent)
    return null
  }
  count(evidence, mass)
  let total = 0
  for (let b = 0; b < bets; b++) {
    const after = Math.min(1e290, Math.exp(logBet(b, p)) * ((evidence.m[b] as number) + mass / bets))
    evidence.m[b] = after
    total += after
  }
  if (reference.length < mostReference) reference.splice(until, 0, score)
  return total >= 1 ? { from: onsetOf(unit), ...reportEvidence(evidence, total) } : null
}

function logBet(b: number, p: number): number {
  const a = strengths[b >> 1] as number
  return Math.log(a) + (a - 1) * Math.log(Math.max(1e-12, b & 1 ? 1 - p : p))
}

/** Puts a level in force. */
export function armBins(unit: BinUnit, scores: readonly number[]): void {
  unit.reference = [...scores].sort((a, b) => a - b)
  unit.settling = false
  unit.ranks = []
  unit.recent = []
  clearEvidence(unit.evidence)
}

/** After an alarm: settles on the bins since its onset. */
export function settleBinUnit(unit: BinUnit, from: number): void {
  unit.provisional = true
  unit.settling = true
  unit.recent = unit.recent.slice(from)
  unit.ranks = unit.ranks.slice(from)
  if (unit.recent.length >= settleBins) armBins(unit, unit.recent)
}

export function bringBinsHome(unit: BinUnit): void {
  unit.provisional = false
  armBins(unit, unit.approved)
}

function onsetOf(unit: BinUnit): number {
  let most = Number.NEGATIVE_INFINITY
  let from = unit.ranks.length - 1
  for (let b = 0; b < bets; b++) {
    let nats = 0
    for (let i = unit.ranks.length - 1; i >= 0; i--) {
      nats += logBet(b, unit.ranks[i] as number)
      if (nats <= most) continue
      most = nats
      from = i
    }
  }
  return from
}

/** How many of the sorted values lie below the score, or (`through`) at it too. */
function placeOf(sorted: readonly number[], score: number, through: boolean): number {
  let lo = 0
  let hi = sorted.length
  while (lo < hi) {
    const mid = (lo + hi) >> 1
    const value = sorted[mid] as number
    if (through ? value <= score : value < score) lo = mid + 1
    else hi = mid
  }
  return lo
}
