import type { Alarm } from '@/lib/detect/detector'
import { segmentOf } from '@/lib/detect/drift/segment-explain'
import type { SegmentFeatureState } from '@/lib/detect/drift/segment-feature-state'
import { brief } from '@/lib/detect/drift/words'
import type { Frame } from '@/lib/detect/frame'

/** A feature's own alarm that is confined to one segment says so. */
export function refineBySegment(state: SegmentFeatureState, alarm: Alarm, frame: Frame): Alarm {
  const { feature, segment } = alarm.subject
  if (alarm.kind !== 'drift.feature' || feature === undefined || segment !== undefined || frame.row < 0) return alarm
  const found = segmentOf(state, feature, rowOfLine(frame, alarm.onsetIndex), frame.row)
  if (!found) return alarm
  const where = `${found.key}=${found.value}`
  const share = found.inside / (found.inside + found.outside)
  return {
    ...alarm,
    subject: { feature, segment: { [found.key]: found.value } },
    why: `Within ${where}, ${alarm.why}; the other ${found.rowsOutside} rows since then keep their distribution`,
    test: `Each segment against its own baseline since the onset: ${where} gains ${brief(found.inside)} nats in ${found.rowsInside} rows, all others together ${brief(found.outside)} (${brief(100 * share)} % of the evidence lies within). ${alarm.test}`,
  }
}

/** The first row that is held on a line or after it. */
function rowOfLine({ rows }: Frame, line: number): number {
  let low = Math.max(0, rows.rows - rows.held)
  let high = rows.rows
  while (low < high) {
    const mid = (low + high) >> 1
    if ((rows.line[mid % rows.held] as number) < line) low = mid + 1
    else high = mid
  }
  return low
}
