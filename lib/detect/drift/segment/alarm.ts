import type { Alarm } from '@/lib/detect/detector'
import { featureAlarm } from '@/lib/detect/drift/numeric/alarm'
import type { PracticalBounds } from '@/lib/detect/drift/numeric/effect'
import type { RowRing } from '@/lib/detect/drift/rows'
import type { SegmentCrossing } from '@/lib/detect/drift/segment/crossing'
import type { SegmentFeatureState, SegmentUnit } from '@/lib/detect/drift/segment/feature-state'
import { withinSegment } from '@/lib/detect/drift/segment/words'

/** Effect unit of a change of level (drift/numeric/effect). */
const levelUnit = 'baseline standard deviations'

/** A feature that moved in a segment, in words; null when it was said already, or is real but too small to matter. */
export function segmentFeatureAlarm(
  state: SegmentFeatureState,
  unit: SegmentUnit,
  crossing: SegmentCrossing,
  rows: RowRing,
  row: number,
  bounds: PracticalBounds,
): Alarm | null {
  const feature = state.columns.names[unit.feature] as string
  const before = state.said[unit.feature] as number
  if (crossing.onsetRow <= before) return null
  const alarm = featureAlarm(feature, crossing, rows, bounds)
  if (!alarm) return null
  // How far values spread hangs on the hour and the day in more ways than a level does.
  if (state.seasons.length > 0 && alarm.effectUnit !== levelUnit) return null
  state.said[unit.feature] = row
  state.saidOnset[unit.feature] = crossing.onsetRow
  const found = crossing.explanation
  if (!found) {
    // On a holiday all rows move: the whole feature's detector knows of such days.
    if (state.seasons.length > 0) return null
    const where = `${state.keys[unit.key]}=${state.values[unit.key]?.[unit.code]}`
    return {
      ...alarm,
      unit: `feature=${feature} & ${where}`,
      why: `${alarm.why}, seen first within ${where}; the other rows moved too, or are too few to tell`,
    }
  }
  return { ...withinSegment(alarm, found), unit: `feature=${feature} & ${found.key}=${found.value}` }
}
