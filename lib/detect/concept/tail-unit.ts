import { tailLevels } from '@/lib/detect/concept/tail-levels'
import { count, type Evidence, startEvidence } from '@/lib/evidence/e-detector'
import { quantileOf } from '@/lib/stats/quantile-edges'

/**
 * Residuals beyond anything the baseline showed, by how far beyond: two or three of them are proof, where ranks know only "the largest so far".
 *
 * Bets      that a share θ of the rows has moved out, so that p, the probability of one as large, is below x with probability x^κ there: by bins of p
 *           between the levels of ./tail-levels.ts, e = 1 − θ + θ·(share of the bin under the bet) / (its probability).
 * Not exact: the tail is a model. Calibrated on normal, uniform, Laplace, lognormal and t residuals with 2.2 to 5 degrees of freedom, and on normal ones of
 *           which 1 in 500 is eight times as wide: there alone it spends more than it was given.
 */
export interface TailUnit {
  /** Levels, ascending, and the e-values by bin and bet. Empty: off. */
  levels: number[]
  values: Float64Array
  evidence: Evidence
  /** A level that 1 in 500 rows exceed; the latest rows that did, counted from the arming. */
  onsetLevel: number
  rows: number
  beyond: number[]
}

/** Few rows that went far, or many that went some way. */
const bets = [
  { share: 0.015, power: 0.04 },
  { share: 0.05, power: 0.04 },
  { share: 0.2, power: 0.15 },
  { share: 0.6, power: 0.15 },
]
/** Large residuals are few where only some rows change: else the last one alone would be the likeliest onset. */
const mostShare = 0.05
const onsetChance = 0.002
const mostBeyond = 200
const fewest = 400

export function startTail(sizes: readonly number[]): TailUnit {
  const unit: TailUnit = {
    levels: [],
    values: new Float64Array(0),
    onsetLevel: Number.POSITIVE_INFINITY,
    evidence: startEvidence(bets.length),
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
  unit.evidence = startEvidence(bets.length)
  if (sizes.length < fewest) return
  const sorted = Float64Array.from(sizes).sort()
  unit.onsetLevel = quantileOf(sorted, 1 - onsetChance)
  const found = tailLevels(sorted)
  if (!found) return
  const { levels, beyond, asked } = found
  unit.levels = levels
  unit.values = new Float64Array((levels.length + 1) * bets.length)
  for (let bin = 0; bin <= levels.length; bin++) {
    const between = (shares: readonly number[], power: number) =>
      (bin === 0 ? 1 : (shares[bin - 1] as number) ** power) -
      (bin === levels.length ? 0 : (shares[bin] as number) ** power)
    for (const [b, { share, power }] of bets.entries())
      unit.values[bin * bets.length + b] = 1 - share + (share * between(asked, power)) / between(beyond, 1)
  }
}

/** Takes a size with its restart mass. @returns ΣM, which alarms at 1. */
export function watchTail(unit: TailUnit, size: number, mass: number): number {
  const { levels, values } = unit
  if (levels.length === 0) return 0
  count(unit.evidence, mass)
  if (size > unit.onsetLevel) {
    unit.beyond.push(unit.rows)
    if (unit.beyond.length > mostBeyond) unit.beyond.shift()
  }
  unit.rows++
  let bin = 0
  while (bin < levels.length && size > (levels[bin] as number)) bin++
  const { m } = unit.evidence
  let total = 0
  for (let b = 0; b < m.length; b++) {
    const after = Math.min(1e300, (values[bin * m.length + b] as number) * ((m[b] as number) + mass / m.length))
    m[b] = after
    total += after
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
