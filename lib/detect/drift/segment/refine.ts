import type { Alarm } from '@/lib/detect/detector'
import { rowOfLine } from '@/lib/detect/drift/rows'
import { segmentOf } from '@/lib/detect/drift/segment/explain'
import type { SegmentFeatureState } from '@/lib/detect/drift/segment/feature-state'
import { withinSegment } from '@/lib/detect/drift/segment/words'
import type { Frame } from '@/lib/detect/frame'

/** A feature's own alarm that is confined to one segment says so. */
export function refineBySegment(state: SegmentFeatureState, alarm: Alarm, frame: Frame): Alarm {
  const { feature, segment } = alarm.subject
  if (alarm.kind !== 'drift.feature' || feature === undefined || segment !== undefined || frame.row < 0) return alarm
  const found = segmentOf(state, feature, rowOfLine(frame.rows, alarm.onsetIndex), frame.row)
  if (!found) return alarm
  return withinSegment(alarm, found)
}
