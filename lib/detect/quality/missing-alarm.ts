import type { Alarm } from '@/lib/detect/detector'
import { percent } from '@/lib/detect/drift/words'
import type { Frame } from '@/lib/detect/frame'
import type { FlagCrossing } from '@/lib/detect/quality/flag-crossing'
import type { FlagUnit } from '@/lib/detect/quality/flag-unit'
import { flagComparison, flagFacts, hitsSince, inSegment } from '@/lib/detect/quality/flag-words'
import { segmentOf } from '@/lib/detect/quality/segment-contrast'

/** Marks of a missing value: null, or no key at all. */
export const missingMark = { null: 0, absent: 1 } as const

export function missingAlarm(
  feature: string,
  unit: FlagUnit,
  crossing: FlagCrossing,
  line: number,
  frame: Frame,
): Alarm {
  const { now, before, up, rows } = crossing
  const more = now > before
  const segment = more && unit.rarer === 1 ? segmentOf(unit.hits, crossing.onsetRow, frame.row, before, frame) : null
  const { marks, rows: marked } = hitsSince(unit.hits, crossing.onsetRow)
  const absent = unit.rarer === 1 ? (marks.get(missingMark.absent) ?? 0) : 0
  const gone = more && unit.rarer === 1 && absent === marked && now > 0.5
  const how =
    unit.rarer === 0
      ? ''
      : absent === 0
        ? ' (null)'
        : absent === marked
          ? ' (no key)'
          : ` (${marked - absent} null, ${absent} without the key)`
  return {
    kind: 'quality.missing',
    unit: `missing=${feature}`,
    ...flagFacts(feature, crossing, segment, line, frame),
    severity: more && now > 0.5 ? 'critical' : 'warning',
    verdict: more ? 'pipeline-bug' : 'undetermined',
    why:
      gone && up === rows && !segment
        ? `${feature}: the key is gone from all ${rows} rows since the onset; before, ${percent(before)} lacked it`
        : `${feature} is missing in ${percent(now)} of the rows${how}, ${percent(before)} before${inSegment(segment)}`,
    test: more
      ? 'A value that is not there is no change of the world that the others show; a producer that may leave it out by agreement would look the same.'
      : 'Values come where they used to be missing: a producer that was mended, or one that now fills a default; only the values can tell.',
    comparison: flagComparison(crossing, 'missing', 'present'),
  }
}
