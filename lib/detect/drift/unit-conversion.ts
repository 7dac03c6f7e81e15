import { quantileOf } from '@/lib/stats/quantile-edges'

/** A change of unit that adds as well as multiplies: now = by · before + plus. */
export interface UnitConversion {
  readonly from: string
  readonly to: string
  readonly by: number
  readonly plus: number
}

const conversions: readonly UnitConversion[] = [
  { from: '°C', to: '°F', by: 1.8, plus: 32 },
  { from: '°F', to: '°C', by: 1 / 1.8, plus: -32 / 1.8 },
  { from: '°C', to: 'K', by: 1, plus: 273.15 },
  { from: 'K', to: '°C', by: 1, plus: -273.15 },
]

/**
 * Do the values follow the baseline as one of the known conversions would make it? Any location and spread are some line of any other, so only
 * conversions that exist count: the median must lie beyond chance of its old place and within chance of the converted one, and the spread agree with
 * the conversion. Both sorted. @returns null when none fits.
 */
export function unitConversion(reference: Float64Array, current: Float64Array): UnitConversion | null {
  if (current.length < fewestRows || reference.length < 100) return null
  const before = quantileOf(reference, 0.5)
  const spread = (quantileOf(reference, 0.8413) - quantileOf(reference, 0.1587)) / 2
  const now = quantileOf(current, 0.5)
  const wide = (quantileOf(current, 0.8413) - quantileOf(current, 0.1587)) / 2
  if (!(spread > 0 && wide > 0) || Math.abs(now - before) < farAway * spread) return null
  for (const conversion of conversions) {
    const own = conversion.by * spread
    const error = own * 1.2533 * Math.sqrt(1 / current.length + 1 / reference.length)
    const off = Math.abs(now - conversion.by * before - conversion.plus)
    const stretch = Math.abs(Math.log(wide / own)) * Math.sqrt(current.length)
    if (off < 2.5 * error && stretch < 3 && error < exact * Math.abs(now - before)) return conversion
  }
  return null
}

const fewestRows = 5
/** The median must have moved so many of its own deviations: then it hardly landed where a conversion puts it by chance. */
const farAway = 2
/** And its place be known to so small a part of the way. */
const exact = 0.15
