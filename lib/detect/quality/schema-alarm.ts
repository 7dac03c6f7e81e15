import type { Alarm } from '@/lib/detect/detector'
import { percent } from '@/lib/detect/drift/words'
import type { Frame } from '@/lib/detect/frame'
import type { Column } from '@/lib/detect/quality/column'
import type { FlagCrossing } from '@/lib/detect/quality/flag-crossing'
import type { FlagUnit } from '@/lib/detect/quality/flag-unit'
import { commonest, flagComparison, flagFacts, hitsSince, inSegment } from '@/lib/detect/quality/flag-words'
import { segmentOf } from '@/lib/detect/quality/segment-contrast'
import { typeOfKind, valueKinds } from '@/lib/detect/quality/value-kind'

const typeNames = ['missing', 'a number', 'a boolean', 'a string']

/** Rows after which a change of format is judged, and the share of them that must have it: a new category in another spelling is none. */
const formatRows = 10
const formatShare = 0.5

/** @returns null when a format changed in too few rows to be the producer's; 'wait' while that cannot be told. */
export function schemaAlarm(
  column: Column,
  unit: FlagUnit,
  crossing: FlagCrossing,
  line: number,
  frame: Frame,
): Alarm | null | 'wait' {
  const { name, type, format } = column
  const { now, before, up, rows } = crossing
  const more = now > before
  const { marks, rows: marked } = hitsSince(unit.hits, crossing.onsetRow)
  const kind = commonest([...marks].flatMap(([mark, n]) => Array.from({ length: n }, () => mark))).value
  if (more && unit.rarer === 1 && marked > 0 && typeOfKind(kind) === type) {
    if (now < formatShare) return null
    if (rows < formatRows) return 'wait'
  }
  const segment = more && unit.rarer === 1 ? segmentOf(unit.hits, crossing.onsetRow, frame.row, before, frame) : null
  const was = format > 0 ? valueKinds[format] : typeNames[type]
  const is = unit.rarer === 1 && marked > 0 ? (valueKinds[kind] as string) : `not ${was}`
  return {
    kind: 'quality.schema',
    unit: `type=${name}`,
    ...flagFacts(name, crossing, segment, line, frame),
    severity: more && now > 0.5 ? 'critical' : 'warning',
    verdict: more ? 'pipeline-bug' : 'undetermined',
    why: more
      ? `${name} is ${is} in ${up} of ${rows} rows where it was ${was}; ${percent(before)} of the rows before${inSegment(segment)}`
      : `${name} is ${was} again in more rows: ${percent(now)} of them are of another kind, ${percent(before)} before`,
    test: 'The world does not change the type or spelling of a value, its producer does; a schema changed by agreement would look the same.',
    comparison: flagComparison(crossing, is, was ?? 'as before'),
  }
}

/** A feature that the baseline did not have. */
export function newKeyAlarm(
  feature: string,
  kind: number,
  unit: FlagUnit,
  crossing: FlagCrossing,
  line: number,
  frame: Frame,
): Alarm {
  const segment = segmentOf(unit.hits, crossing.onsetRow, frame.row, 0, frame)
  return {
    kind: 'quality.schema',
    unit: `key=${feature}`,
    ...flagFacts(feature, crossing, segment, line, frame),
    severity: 'warning',
    verdict: 'pipeline-bug',
    why: `${feature} is new: ${valueKinds[kind]} in ${crossing.up} of ${crossing.rows} rows${inSegment(segment)}, in none before`,
    test: 'The key was in no row of the baseline: the schema changed at its producer. A feature added by agreement would look the same.',
    comparison: flagComparison(crossing, 'with the key', 'without it'),
  }
}
