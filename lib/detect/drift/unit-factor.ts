import { quantileOf } from '@/lib/stats/quantile-edges'

/**
 * Was the column multiplied by a constant (a unit changed, °C to °F excepted)? Sizes whose median differs by far more than their own spread on the log
 * scale, and whose shape on that scale stays. Signs may differ, they do not count; zeros stay zero under any factor and are left out, but may not be
 * many. Robust: quantiles only. Both sorted.
 * @returns the factor, or null when that is not what happened.
 */
export function unitFactor(reference: Float64Array, current: Float64Array): number | null {
  const before = sizes(reference)
  const now = sizes(current)
  if (now.length < 3 || now.length < 0.9 * current.length || before.length < 0.9 * reference.length) return null
  // A column that kept its sign and lost it, or the other way round, was not multiplied.
  if (Math.abs(positive(reference) - positive(current)) > (current.length >= 20 ? 0.2 : 0.5)) return null
  const factor = quantileOf(now, 0.5) / quantileOf(before, 0.5)
  const spread = logSpread(before)
  const shape = logSpread(now) / Math.max(spread, 1e-9)
  const alike = current.length >= 20 ? shape > 0.5 && shape < 2 : shape > 0.2 && shape < 3.5
  return Math.abs(Math.log(factor)) > Math.max(1.5, 2 * spread) && alike ? factor : null
}

const sizes = (values: Float64Array): Float64Array =>
  (values[0] as number) > 0
    ? values
    : values
        .map(Math.abs)
        .filter((size) => size > 0)
        .sort()

const positive = (values: Float64Array): number =>
  values.reduce((n, value) => n + (value > 0 ? 1 : 0), 0) / values.length

const logSpread = (sorted: Float64Array): number =>
  Math.log(quantileOf(sorted, 0.8413) / quantileOf(sorted, 0.1587)) / 2
