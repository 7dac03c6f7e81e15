import type { Alarm } from '@/lib/detect/detector'
import { rowAt } from '@/lib/detect/drift/rows'
import type { Frame } from '@/lib/detect/frame'
import type { FlagCrossing } from '@/lib/detect/quality/flag-crossing'
import { type FlagHits, heldHits } from '@/lib/detect/quality/flag-hits'
import type { Segment } from '@/lib/event/types'

/** What an alarm about a flag says of where it stands and how large it is. */
export function flagFacts(
  feature: string,
  crossing: FlagCrossing,
  segment: Segment | null,
  line: number,
  frame: Frame,
) {
  const onset = rowAt(frame.rows, crossing.onsetRow)
  return {
    subject: segment ? { feature, segment } : { feature },
    eventIndex: line,
    onsetIndex: onset.line,
    onsetTimeMs: onset.timeMs,
    logE: crossing.logE,
    threshold: crossing.threshold,
    effect: crossing.effect,
    effectUnit: 'share of rows',
    n: crossing.rows,
  }
}

/** Flagged against other rows, before and since the onset. */
export const flagComparison = (
  crossing: FlagCrossing,
  flagged: string,
  others: string,
): NonNullable<Alarm['comparison']> => ({
  bins: [flagged, others],
  reference: [
    Math.round(crossing.before * crossing.beforeRows),
    Math.round((1 - crossing.before) * crossing.beforeRows),
  ],
  current: [crossing.up, crossing.rows - crossing.up],
  unit: 'categorical',
})

/** Marks and values of the hits since the onset, latest first. */
export function hitsSince(
  hits: FlagHits,
  onsetRow: number,
): { marks: Map<number, number>; values: number[]; rows: number } {
  const marks = new Map<number, number>()
  const values: number[] = []
  for (let back = 1; back <= Math.min(hits.count, heldHits); back++) {
    const at = (hits.count - back) % heldHits
    if ((hits.row[at] as number) < onsetRow) break
    const mark = hits.mark[at] as number
    marks.set(mark, (marks.get(mark) ?? 0) + 1)
    values.push(hits.value[at] as number)
  }
  return { marks, values, rows: values.length }
}

/** The commonest value and how often it came. */
export function commonest(values: readonly number[]): { value: number; times: number } {
  const counts = new Map<number, number>()
  let best = { value: Number.NaN, times: 0 }
  for (const value of values) {
    const times = (counts.get(value) ?? 0) + 1
    counts.set(value, times)
    if (times > best.times) best = { value, times }
  }
  return best
}

export const inSegment = (segment: Segment | null): string =>
  segment
    ? ` where ${Object.entries(segment)
        .map(([key, value]) => `${key} is ${value}`)
        .join(' and ')}`
    : ''
