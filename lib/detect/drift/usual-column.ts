import { type Changes, startChanges } from '@/lib/detect/drift/usual-change'
import { chooseWhitener } from '@/lib/detect/drift/whiten'
import { quantileOf } from '@/lib/stats/quantile-edges'

/** One numeric column among the others: its scale, and what the others leave of it. */
export interface UsualColumn {
  name: string
  /** `asleep`: constant so far, it gathers; `awake`: its baseline is known; `off`: a calendar, a flag or a code, which steps where nothing else can tell. */
  phase: 'asleep' | 'awake' | 'off'
  gathered: number[]
  centre: number
  spread: number
  /** Does it wander, so that its changes are judged here? */
  wanders: boolean
  /** Is it never at rest, watched here or not (a calendar)? */
  drifts: boolean
  changes: Changes
  /** Rest and number of values in the block that fills. */
  sum: number
  count: number
  /** Mean size of a single rest: the noise of the relation. */
  noise: number
  /** Latest values and rests by row. */
  raw: Float64Array
  rest: Float32Array
  /** Level before the last reported change, to know a return; NaN for none. */
  left: number
  /** After a report the others do without it, and do not learn from it, for so many rows more. */
  out: number
}

export const heldRows = 1024
/** Standardised values beyond this count as this: one wild reading must not own the moments. */
const most = 6
/** Fewer distinct values are no quantity: their changes are other detectors' work. */
const fewestDistinct = 20

export const startColumn = (name: string): UsualColumn => ({
  name,
  phase: 'asleep',
  gathered: [],
  centre: 0,
  spread: 1,
  wanders: false,
  drifts: false,
  changes: startChanges(),
  sum: 0,
  count: 0,
  noise: 0,
  raw: new Float64Array(heldRows).fill(Number.NaN),
  rest: new Float32Array(heldRows).fill(Number.NaN),
  left: Number.NaN,
  out: 0,
})

/**
 * Fixes the scale of a column by its baseline, in order of arrival, and whether it wanders: whether its serial correlation is such that neither its
 * values nor its innovations are near exchangeable (drift/whiten), once the means of its season's cells are taken off.
 */
export function wakeColumn(column: UsualColumn, values: readonly number[], cells: readonly number[]): void {
  column.gathered = []
  if (new Set(values).size <= fewestDistinct) {
    column.phase = 'off'
    column.drifts = chooseWhitener(withoutSeason(values, cells), true).kind === 'block'
    return
  }
  const sorted = Float64Array.from(values).sort()
  column.centre = quantileOf(sorted, 0.5)
  const middle = (quantileOf(sorted, 0.8413) - quantileOf(sorted, 0.1587)) / 2
  column.spread = middle > 0 ? middle : deviation(sorted)
  column.wanders = chooseWhitener(withoutSeason(values, cells)).kind === 'block'
  column.drifts = column.wanders
  column.phase = 'awake'
}

export const standardised = ({ centre, spread }: UsualColumn, value: number): number =>
  Math.max(-most, Math.min(most, (value - centre) / spread))

function withoutSeason(values: readonly number[], cells: readonly number[]): number[] {
  const sums = new Map<number, [number, number]>()
  for (const [i, value] of values.entries()) {
    const [sum, n] = sums.get(cells[i] ?? 0) ?? [0, 0]
    sums.set(cells[i] ?? 0, [sum + value, n + 1])
  }
  return values.map((value, i) => {
    const [sum, n] = sums.get(cells[i] ?? 0) as [number, number]
    return value - sum / n
  })
}

function deviation(sorted: Float64Array): number {
  const mean = sorted.reduce((a, b) => a + b, 0) / sorted.length
  const square = sorted.reduce((a, b) => a + (b - mean) ** 2, 0) / sorted.length
  return square > 0 && Number.isFinite(square) ? Math.sqrt(square) : 1
}
