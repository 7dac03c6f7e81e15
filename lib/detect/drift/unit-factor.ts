import { quantileOf } from '@/lib/stats/quantile-edges'

/**
 * Was the column multiplied by a constant (a unit changed, °C to °F excepted)? Positive values whose medians differ by far more than their own
 * spread on the log scale, and whose shape on that scale stays. Robust: quantiles only. Both sorted.
 * @returns the factor, or null when that is not what happened.
 */
export function unitFactor(reference: Float64Array, current: Float64Array): number | null {
  if (current.length < 3) return null
  if (!(quantileOf(reference, 0.01) > 0) || !(quantileOf(current, 0.01) > 0)) return null
  const factor = quantileOf(current, 0.5) / quantileOf(reference, 0.5)
  const before = logSpread(reference)
  const shape = logSpread(current) / Math.max(before, 1e-9)
  const alike = current.length >= 20 ? shape > 0.5 && shape < 2 : shape > 0.2 && shape < 3.5
  return Math.abs(Math.log(factor)) > Math.max(1.5, 2 * before) && alike ? factor : null
}

const logSpread = (sorted: Float64Array): number =>
  Math.log(quantileOf(sorted, 0.8413) / quantileOf(sorted, 0.1587)) / 2
