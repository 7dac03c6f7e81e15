import type { Alarm } from '@/lib/detect/detector'
import { featureAlarm } from '@/lib/detect/drift/numeric-alarm'
import type { PracticalBounds } from '@/lib/detect/drift/numeric-effect'
import type { RowRing } from '@/lib/detect/drift/rows'
import type { SegmentCrossing } from '@/lib/detect/drift/segment-crossing'
import type { SegmentFeatureState, SegmentUnit } from '@/lib/detect/drift/segment-feature-state'
import { brief } from '@/lib/detect/drift/words'

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
  state.said[unit.feature] = row
  state.saidOnset[unit.feature] = crossing.onsetRow
  const found = crossing.explanation
  if (!found) {
    const where = `${state.keys[unit.key]}=${state.values[unit.key]?.[unit.code]}`
    return {
      ...alarm,
      unit: `feature=${feature} & ${where}`,
      why: `${alarm.why}, seen first within ${where}; the other rows moved too, or are too few to tell`,
    }
  }
  const where = `${found.key}=${found.value}`
  const share = found.inside / (found.inside + found.outside)
  return {
    ...alarm,
    unit: `feature=${feature} & ${where}`,
    subject: { feature, segment: { [found.key]: found.value } },
    why: `Within ${where}, ${alarm.why}; the other ${found.rowsOutside} rows since then keep their distribution`,
    test: `Each segment against its own baseline since the onset: ${where} gains ${brief(found.inside)} nats in ${found.rowsInside} rows, all others together ${brief(found.outside)} (${brief(100 * share)} % of the evidence lies within). ${alarm.test}`,
  }
}
