import { shares } from '@/lib/detect/drift/return'
import { normalQuantile } from '@/lib/stats/normal'
import { quantileOf } from '@/lib/stats/quantile-edges'

/** What moved in a numeric series, in the unit that says it best; chance differences at these sizes are taken off. */
export interface NumericEffect {
  what: 'location' | 'spread' | 'tails' | 'shape'
  /** location: reference standard deviations, signed; spread: ratio − 1; tails: share of rows beyond the reference's extremes; shape: total variation. */
  size: number
  unit: string
  /** Is it at least the practical bound of its unit? */
  matters: boolean
  /** Robust centre and spread of both sides. */
  centre: { reference: number; current: number }
  spread: { reference: number; current: number }
}

/** The least effect that is worth a page. */
export interface PracticalBounds {
  /** Reference standard deviations. */
  readonly location: number
  /** Ratio of spreads, minus 1. */
  readonly spread: number
  /** Share of rows beyond the reference's .2 % and 99.8 % quantiles. */
  readonly tails: number
  /** Total variation over twenty equal bins. */
  readonly shape: number
}

/** What a person would call a change, of a feature or of anything made of one. */
export const usualBounds: PracticalBounds = { location: 0.1, spread: 0.05, tails: 0.003, shape: 0.04 }

/** Both sorted, neither empty. */
export function numericEffect(reference: Float64Array, current: Float64Array, bounds: PracticalBounds): NumericEffect {
  const n = 1 / reference.length + 1 / current.length
  const spread = { reference: spreadOf(reference), current: spreadOf(current) }
  const median = { reference: quantileOf(reference, 0.5), current: quantileOf(current, 0.5) }
  // With few distinct values the median jumps by whole steps; the mean does not.
  const steps = new Set(reference).size < 50
  const centre = steps ? { reference: mean(reference), current: mean(current) } : median
  const size = (what: NumericEffect['what'], value: number, unit: string, matters: boolean): NumericEffect => ({
    what,
    size: value,
    unit,
    matters,
    centre,
    spread,
  })

  const scored = scoredMoments(reference, current)
  const shift = (centre.current - centre.reference) / spread.reference
  // Normal scores say small shifts best, whatever the shape; a large one leaves them behind.
  const location = Math.abs(shift) > 1 ? shift : scored.mean
  const moved = Math.sign(location) * Math.max(0, Math.abs(location) - Math.sqrt(n))
  if (Math.abs(moved) >= bounds.location) return size('location', moved, 'baseline standard deviations', true)

  const ratio = Math.abs(scored.logSpread) > 0.5 ? Math.log(spread.current / spread.reference) : scored.logSpread
  const wider = Math.sign(ratio) * Math.max(0, Math.abs(ratio) - Math.sqrt(n / 2))
  if (Number.isFinite(wider) && Math.abs(Math.expm1(wider)) >= bounds.spread)
    return size('spread', Math.expm1(wider), 'change of the spread, as a share of the baseline spread', true)

  const low = quantileOf(reference, 0.002)
  const high = quantileOf(reference, 0.998)
  let outside = 0
  for (const value of current) if (value < low || value > high) outside++
  const excess = Math.max(0, outside / current.length - 0.004 - Math.sqrt(0.004 / current.length))
  if (excess >= bounds.tails) return size('tails', excess, "share of rows beyond the baseline's extremes", true)

  const edges = Float64Array.from(new Set(Array.from({ length: 19 }, (_, i) => quantileOf(reference, (i + 1) / 20))))
  const a = shares(edges, reference, 0)
  const b = shares(edges, current, 0)
  let apart = 0
  let byChance = 0
  for (let bin = 0; bin < a.length; bin++) {
    const p = a[bin] as number
    apart += Math.abs((b[bin] as number) - p) / 2
    byChance += Math.sqrt((p * (1 - p) * n) / (2 * Math.PI))
  }
  const corrected = Math.max(0, apart - byChance)
  return size('shape', corrected, 'share of rows in other bins than before', corrected >= bounds.shape)
}

/** A robust standard deviation: the middle 68 %, or the plain one where that is a single value. */
function spreadOf(sorted: Float64Array): number {
  const middle = (quantileOf(sorted, 0.8413) - quantileOf(sorted, 0.1587)) / 2
  if (middle > 0 && Number.isFinite(middle)) return middle
  const centre = mean(sorted)
  let sum = 0
  for (const value of sorted) sum += (value - centre) ** 2 / sorted.length
  return sum > 0 && Number.isFinite(sum) ? Math.sqrt(sum) : 1
}

/**
 * Where the current values lie among the reference, on its normal scores: their mean, and the logarithm of their standard deviation over the
 * reference's own. As sharp as moments of normal values, and no outlier owns them.
 */
function scoredMoments(reference: Float64Array, current: Float64Array): { mean: number; logSpread: number } {
  const own = moments(reference, reference)
  const now = moments(reference, current)
  const logSpread = own.deviation > 0 && now.deviation > 0 ? Math.log(now.deviation / own.deviation) : 0
  return { mean: own.deviation > 0 ? (now.mean - own.mean) / own.deviation : 0, logSpread }
}

/** Both sorted. */
function moments(reference: Float64Array, values: Float64Array): { mean: number; deviation: number } {
  const n = reference.length
  let below = 0
  let upTo = 0
  let sum = 0
  let square = 0
  for (const value of values) {
    while (below < n && (reference[below] as number) < value) below++
    upTo = Math.max(upTo, below)
    while (upTo < n && (reference[upTo] as number) <= value) upTo++
    const score = normalQuantile(((below + upTo) / 2 + 0.5) / (n + 1))
    sum += score
    square += score * score
  }
  const mean = sum / values.length
  return { mean, deviation: Math.sqrt(Math.max(0, square / values.length - mean * mean)) }
}

function mean(values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += ((values[i] as number) - sum) / (i + 1)
  return sum
}
