import type { Alarm } from '@/lib/detect/detector'
import { brief, percent } from '@/lib/detect/drift/words'
import type { Frame } from '@/lib/detect/frame'
import type { Column } from '@/lib/detect/quality/column'
import type { FlagCrossing } from '@/lib/detect/quality/flag-crossing'
import type { FlagUnit } from '@/lib/detect/quality/flag-unit'
import { commonest, flagComparison, flagFacts, hitsSince, inSegment } from '@/lib/detect/quality/flag-words'
import { segmentOf } from '@/lib/detect/quality/segment-contrast'
import { beyond, recentNear } from '@/lib/detect/quality/value-range'

/** Rows after which a number beyond belief is judged: by then a change of all rows is known as one, and left to the numeric detectors. */
const rangeRows = 20
const allRows = 0.7

/** Numbers that no one would believe, in some of the rows. */
export function rangeAlarm(
  column: Column,
  unit: FlagUnit,
  crossing: FlagCrossing,
  line: number,
  frame: Frame,
): Alarm | null | 'wait' {
  const { name, bounds } = column
  const { now, before, rows, up } = crossing
  if (now < before) return null
  if (rows < rangeRows) return 'wait'
  const { values, marks } = hitsSince(unit.hits, crossing.onsetRow)
  if (now > allRows || recentNear(bounds, frame.row) > 0.5 * values.length) return null
  const same = commonest(values)
  const sentinel = same.times >= 0.8 * values.length
  if (!sentinel && (marks.get(beyond.far) ?? 0) < 0.8 * values.length) return null
  const negative = bounds.low >= 0 && values.every((value) => value < 0)
  const segment = unit.rarer === 1 ? segmentOf(unit.hits, crossing.onsetRow, frame.row, before, frame) : null
  const what = sentinel
    ? `exactly ${brief(same.value)}`
    : negative
      ? 'negative'
      : `as far off as ${brief(values[0] as number)}`
  return {
    kind: 'quality.range',
    unit: `range=${name}`,
    ...flagFacts(name, crossing, segment, line, frame),
    severity: 'warning',
    verdict: 'pipeline-bug',
    why: `${name} is ${what} in ${up} of ${rows} rows${inSegment(segment)}; the baseline lay within ${brief(bounds.low)} … ${brief(bounds.high)}`,
    test: sentinel
      ? 'One value far outside comes again and again while the other rows stay: a code for "none". A true rare event would not repeat to the digit.'
      : 'Some rows lie farther out than the whole baseline is wide while the others stay: a fault of unit, sign or parsing. A new kind of rare case would look the same.',
    comparison: flagComparison(crossing, 'beyond belief', 'as before'),
  }
}

/** A number that never varied. */
export function constantAlarm(
  column: Column,
  unit: FlagUnit,
  crossing: FlagCrossing,
  line: number,
  frame: Frame,
): Alarm {
  const { name, only } = column
  const { values } = hitsSince(unit.hits, crossing.onsetRow)
  const distinct = new Set(values).size
  const segment = unit.rarer === 1 ? segmentOf(unit.hits, crossing.onsetRow, frame.row, crossing.before, frame) : null
  return {
    kind: 'quality.range',
    unit: `constant=${name}`,
    ...flagFacts(name, crossing, segment, line, frame),
    severity: 'warning',
    verdict: 'undetermined',
    why: `${name} was ${brief(only)} in every row and is ${distinct === 1 ? brief(values[0] as number) : `${distinct} other values`} in ${percent(crossing.now)} of them now${inSegment(segment)}`,
    test: 'The column never varied, so there is no scale to judge a new value by: a setting that was changed and a fault look the same.',
    comparison: flagComparison(crossing, 'another value', brief(only)),
  }
}
