import type { Alarm } from '@/lib/detect/detector'
import { compareNumbers } from '@/lib/detect/drift/numeric/comparison'
import { type NumericEffect, numericEffect, type PracticalBounds } from '@/lib/detect/drift/numeric/effect'
import type { Crossing } from '@/lib/detect/drift/numeric/state'
import { featureAt, type RowRing } from '@/lib/detect/drift/rows'
import { unitConversion } from '@/lib/detect/drift/unit-conversion'
import { unitFactor } from '@/lib/detect/drift/unit-factor'
import { brief, percent } from '@/lib/detect/drift/words'

/** Evidence that passed, in words and numbers; null when the effect is real but too small to matter. */
export function featureAlarm(
  feature: string,
  crossing: Crossing,
  rows: RowRing,
  bounds: PracticalBounds,
): Alarm | null {
  const reference = crossing.reference
  const current = crossing.current.slice().sort()
  if (current.length === 0) return null
  const effect = numericEffect(reference, current, bounds)
  const factor = unitFactor(reference, current)
  if (!effect.matters && factor === null && current.length >= 30) return null
  const conversion = factor === null ? unitConversion(reference, current) : null
  const against = crossing.provisional ? ' (against the level of its last finding)' : ''
  return {
    ...featureAt(feature, rows, crossing),
    effect: effect.size,
    effectUnit: effect.unit,
    n: crossing.current.length,
    severity: factor === null && !conversion ? 'warning' : 'critical',
    verdict: factor === null && !conversion ? 'benign-shift' : 'pipeline-bug',
    why:
      factor === null
        ? conversion
          ? `${feature} has gone from ${conversion.from} to ${conversion.to}: median ${brief(effect.centre.reference)} → ${brief(effect.centre.current)}${against}`
          : `${feature} ${moved(effect)}${against}`
        : `${feature} is multiplied by ${brief(factor)}: median ${brief(effect.centre.reference)} → ${brief(effect.centre.current)}, same shape${against}`,
    test: conversion
      ? 'Median and spread lie where the conversion puts those of the baseline, within chance, and many deviations from where they were. A real change would hardly land there.'
      : factor === null
        ? 'No constant factor explains the values, so this is a shift of the feature itself; a fault of its producer that moves values by a plausible amount would look the same.'
        : 'On the log scale the median moved by far more than the spread of the baseline, and the shape stayed: a change of unit or scale. A real change would rarely keep the shape.',
    comparison: compareNumbers(reference, current),
  }
}

function moved(effect: NumericEffect): string {
  const { centre, spread, size } = effect
  switch (effect.what) {
    case 'location':
      return `${size > 0 ? 'rose' : 'fell'} ${brief(Math.abs(size))} σ: median ${brief(centre.reference)} → ${brief(centre.current)}`
    case 'spread':
      return `spreads ${size > 0 ? 'wider' : 'narrower'}: standard deviation ${brief(spread.reference)} → ${brief(spread.current)}, median ${brief(centre.current)}`
    case 'tails':
      return `has ${percent(size)} more rows beyond its baseline's extremes than before`
    default:
      return `changed its shape: ${percent(size)} of the rows lie in other bins than before`
  }
}
