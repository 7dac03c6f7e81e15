import type { Alarm } from '@/lib/detect/detector'
import { brief, percent } from '@/lib/detect/drift/words'
import type { Frame } from '@/lib/detect/frame'
import type { Column } from '@/lib/detect/quality/column'
import type { FlagCrossing } from '@/lib/detect/quality/flag-crossing'
import type { FlagUnit } from '@/lib/detect/quality/flag-unit'
import { commonest, flagComparison, flagFacts, hitsSince, inSegment } from '@/lib/detect/quality/flag-words'
import { coarserStep, isBound } from '@/lib/detect/quality/repeat'
import { segmentOf } from '@/lib/detect/quality/segment-contrast'

/** Share of rows beyond the baseline's from which on repeats are more than coincidence of the column's digits. */
const leastRepeat = 0.03

/** In a season a column may lie at its bound at some hours and repeat there: only one that mostly stands still is stuck. */
const leastRepeatInSeason = 0.5
const fewestRowsInSeason = 12
const stuckShare = 0.95

/** A code for "none" that was said comes twice in a row now and then, and a bound in its season: only a column that stays there is stuck. */
const fewestStuckRows = 30
function isCode({ range }: Column, value: number): boolean {
  return range?.said === true && range.provisional && commonest(hitsSince(range.hits, 0).values).value === value
}

/** A number repeats: the column is stuck, one value is filled in, or it is rounded so that values meet. */
export function repeatAlarm(
  column: Column,
  unit: FlagUnit,
  crossing: FlagCrossing,
  line: number,
  frame: Frame,
): Alarm | null | 'wait' {
  const { now, before, rows } = crossing
  if (now < before) return null
  const seasonal = frame.cells > 1
  if (seasonal && rows < fewestRowsInSeason) return 'wait'
  const { name } = column
  const { values } = hitsSince(unit.hits, crossing.onsetRow)
  const same = commonest(values)
  if (isCode(column, same.value) && (rows < fewestStuckRows || now < stuckShare)) return null
  const segment = unit.rarer === 1 ? segmentOf(unit.hits, crossing.onsetRow, frame.row, before, frame) : null
  const filled = !segment && now < 0.5 && same.times >= 3 && same.times >= 0.9 * values.length
  if (!filled && now - before < (seasonal ? leastRepeatInSeason : leastRepeat)) return null
  if (seasonal && column.memory && isBound(column.memory, same.value)) {
    if (now < stuckShare) return null
    // Through an afternoon it may lie there row after row.
    if (rows < fewestStuckRows) return 'wait'
  }
  const facts = flagFacts(name, crossing, segment, line, frame)
  if (filled) {
    // Where a share s of the rows is one value, s² of them repeat it.
    const share = Math.sqrt(now)
    return {
      kind: 'quality.range',
      unit: `filled=${name}`,
      ...facts,
      effect: share,
      severity: 'warning',
      verdict: 'pipeline-bug',
      why: `${name} is exactly ${brief(same.value)} in about ${percent(share)} of the rows; in the baseline hardly a value came twice in a row`,
      test: 'One value stands out among numbers that never repeated, as a default that is filled in does; a true point mass in the world would look the same.',
      comparison: flagComparison(crossing, 'repeats', 'differs'),
    }
  }
  const step = column.memory && now < 0.5 ? coarserStep(column.memory, values) : 0
  if (step > 0)
    return {
      kind: 'quality.schema',
      unit: `step=${name}`,
      ...facts,
      severity: 'warning',
      verdict: 'pipeline-bug',
      why: `${name} comes in steps of ${brief(step)}, and so repeats in ${percent(now)} of the rows; ${percent(before)} before, when it was finer`,
      test: 'Numbers that repeat are all multiples of a step much coarser than the digits that the column had: its producer rounds it. A cached value would have kept its digits.',
      comparison: flagComparison(crossing, 'repeats', 'differs'),
    }
  return {
    kind: 'quality.frozen',
    unit: `repeat=${name}`,
    ...facts,
    severity: now > 0.5 ? 'critical' : 'warning',
    verdict: 'pipeline-bug',
    why:
      now > 0.95
        ? `${name} stands still at ${brief(same.value)}: ${rows} rows in a row repeat it${inSegment(segment)}; ${percent(before)} did before`
        : `${name} repeats its last value in ${percent(now)} of the rows${inSegment(segment)}, ${percent(before)} before`,
    test: 'A number that hardly ever repeated now does: its producer serves an old value. A quantity that truly came to rest would look the same.',
    comparison: flagComparison(crossing, 'repeats', 'differs'),
  }
}
