import { count, type Evidence, startEvidence } from '@/lib/evidence/e-detector'
import { quantileOf } from '@/lib/stats/quantile-edges'

/**
 * Residuals beyond anything the baseline showed, by how far beyond: two or three of them are proof, where ranks know only "the largest so far".
 *
 * Tail      sizes above the 95 % quantile u of the baseline exceed x with probability .05·(1 + ξ(x − u)/β)^(−1/ξ) (generalised Pareto); ξ by
 *           probability-weighted moments and half a standard error more, so that the tail is rather too heavy than too light.
 * Bets      that a share θ of the rows lies beyond the level which the baseline exceeds once in a thousand, ten thousand, a hundred thousand rows:
 *           e = θ/p for a row beyond, (1 − θ)/(1 − p) for the others; the level's own probability p is inflated by half.
 * Not exact: the tail is a model. Calibrated on normal, Laplace, lognormal and t residuals with 2.2 and 3 degrees of freedom.
 * Source    Pickands 1975; Hosking & Wallis 1987.
 */
export interface TailUnit {
  /** Levels, ascending, and the probability held for each. Empty: off. */
  levels: number[]
  evidence: Evidence
  /** A level that 1 in 500 rows exceed; the latest rows that did, counted from the arming. */
  onsetLevel: number
  rows: number
  beyond: number[]
}

const threshold = 0.95
const chances = [1e-3, 1e-4, 1e-5]
const shares = [0.01, 0.03]
const inflated = 1.5
/** Large residuals are few where only some rows change: else the last one alone would be the likeliest onset. */
const mostShare = 0.05
const onsetChance = 0.002
const mostBeyond = 200
const fewest = 400

export function startTail(sizes: readonly number[]): TailUnit {
  const unit: TailUnit = {
    levels: [],
    onsetLevel: Number.POSITIVE_INFINITY,
    evidence: startEvidence(chances.length * shares.length),
    rows: 0,
    beyond: [],
  }
  armTail(unit, sizes)
  return unit
}

export function armTail(unit: TailUnit, sizes: readonly number[]): void {
  unit.levels = []
  unit.rows = 0
  unit.beyond = []
  unit.evidence = startEvidence(chances.length * shares.length)
  if (sizes.length < fewest) return
  const sorted = Float64Array.from(sizes).sort()
  const u = quantileOf(sorted, threshold)
  unit.onsetLevel = quantileOf(sorted, 1 - onsetChance)
  const excess = sorted.filter((x) => x > u).map((x) => x - u)
  const n = excess.length
  if (n < 20 || !((sorted.at(-1) as number) > u)) return
  // Probability-weighted moments: a0 the mean, a1 the mean weighted by the share above.
  let a0 = 0
  let a1 = 0
  for (let i = 0; i < n; i++) {
    a0 += (excess[i] as number) / n
    a1 += ((excess[i] as number) * (n - 1 - i)) / (n - 1) / n
  }
  if (!(a0 > 0) || !Number.isFinite(a0)) return
  const k = Math.max(-0.9, a0 / (a0 - 2 * a1) - 2)
  const xi = Math.min(0.95, Math.max(0.05, -k + (0.5 * (1 + Math.abs(k))) / Math.sqrt(n)))
  const beta = a0 * Math.max(0.4, 1 - Math.max(0, -k))
  for (const chance of chances) {
    const level = u + (beta / xi) * (((1 - threshold) / chance) ** xi - 1)
    unit.levels.push(level)
  }
}

/** Takes a size with its restart mass. @returns ΣM, which alarms at 1. */
export function watchTail(unit: TailUnit, size: number, mass: number): number {
  const { levels } = unit
  if (levels.length === 0) return 0
  count(unit.evidence, mass)
  if (size > unit.onsetLevel) {
    unit.beyond.push(unit.rows)
    if (unit.beyond.length > mostBeyond) unit.beyond.shift()
  }
  unit.rows++
  const { m } = unit.evidence
  const each = mass / m.length
  let total = 0
  let b = 0
  for (let l = 0; l < levels.length; l++) {
    const p = inflated * (chances[l] as number)
    const hit = size > (levels[l] as number)
    for (const share of shares) {
      const e = hit ? share / p : (1 - share) / (1 - p)
      const after = Math.min(1e300, e * ((m[b] as number) + each))
      m[b++] = after
      total += after
    }
  }
  return total
}

/** Rows back to the first of the run of large residuals: the split that the share of rows beyond explains best. */
export function tailOnset(unit: TailUnit): number {
  let best = Number.NEGATIVE_INFINITY
  let back = 0
  const p = onsetChance
  for (let i = unit.beyond.length - 1, hits = 1; i >= 0; i--, hits++) {
    const rows = unit.rows - (unit.beyond[i] as number)
    const share = Math.min(mostShare, hits / rows)
    const nats = hits * Math.log(share / p) + (rows - hits) * Math.log((1 - share + 1e-12) / (1 - p))
    if (share > p && nats > best) {
      best = nats
      back = rows - 1
    }
  }
  return back
}
