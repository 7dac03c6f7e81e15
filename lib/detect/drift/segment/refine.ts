import type { Alarm } from '@/lib/detect/detector'
import { rowOfLine } from '@/lib/detect/drift/rows'
import { gainOutside, segmentOf } from '@/lib/detect/drift/segment/explain'
import type { SegmentFeatureState } from '@/lib/detect/drift/segment/feature-state'
import { standingIn } from '@/lib/detect/drift/segment/standing'
import { stillWithin, withinSegment } from '@/lib/detect/drift/segment/words'
import type { Frame } from '@/lib/detect/frame'

/** A feature's own alarm that is confined to one segment says so, and one that a change in a segment, which was seen before, has borne. */
export function refineBySegment(state: SegmentFeatureState, alarm: Alarm, { row, rows }: Frame): Alarm {
  const { feature, segment } = alarm.subject
  if (alarm.kind !== 'drift.feature' || feature === undefined || segment !== undefined || row < 0) return alarm
  const slot = state.columns.slots.get(feature)
  if (state.phase !== 'armed' || slot === undefined) return alarm
  const onsetRow = rowOfLine(rows, alarm.onsetIndex)
  const found = segmentOf(state, feature, onsetRow, row)
  if (found) return withinSegment(alarm, found)
  const units = state.units.filter((unit) => unit?.feature === slot)
  const unit = standingIn(units, alarm, onsetRow, (one, from) => gainOutside(state, one, from, row))
  if (!unit) return alarm
  return stillWithin(alarm, state.keys[unit.key] as string, state.values[unit.key]?.[unit.code] as string)
}
