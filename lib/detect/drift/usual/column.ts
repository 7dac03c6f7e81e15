import { chooseWhitener } from '@/lib/detect/drift/choose-whitener'
import { adjustedBaseline, learnSeason } from '@/lib/detect/drift/numeric/season'
import { type Changes, startChanges } from '@/lib/detect/drift/usual/usual-change'
import { normalCdf } from '@/lib/stats/normal'
import { quantileOf } from '@/lib/stats/quantile-edges'

/** One numeric column among the others: its scale, and what the others leave of it. */
export interface UsualColumn {
  name: string
  /** `asleep`: constant so far, it gathers; `awake`: its baseline is known; `off`: a calendar, a flag or a code, which steps where nothing else can tell. */
  phase: 'asleep' | 'awake' | 'off'
  gathered: number[]
  /** Values at the normal scores of `knotScores`, by the baseline, strictly ascending, and their scores. */
  knots: number[]
  scores: number[]
  /** Score that counts as its level: a change that was taken on. */
  level: number
  /** Does it wander, so that its changes are judged here? */
  wanders: boolean
  /** Is it never at rest, watched here or not (a calendar)? */
  drifts: boolean
  changes: Changes
  /** Rest and number of values in the block that fills. */
  sum: number
  count: number
  /** Mean size of a single rest, over so many so far: the noise of the relation. */
  noise: number
  known: number
  /** Latest values and rests by row. */
  raw: Float64Array
  rest: Float32Array
  /** Level before the last reported change, to know a return; NaN for none. */
  left: number
  /** After a report the others do without it, and do not learn from it, for so many rows more. */
  out: number
}

export const heldRows = 1024
/** Where a column's scale is taken. */
const knotScores = [-2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5]
/** Scores grow by their logarithm beyond this. */
const tail = 2.5
/** Scores beyond this count as this: one wild reading must not own the moments. */
const most = 6
/** Fewer distinct values are no quantity: their changes are other detectors' work. */
const fewestDistinct = 20

export const startColumn = (name: string): UsualColumn => ({
  name,
  phase: 'asleep',
  gathered: [],
  knots: [],
  scores: [],
  level: 0,
  wanders: false,
  drifts: false,
  changes: startChanges(),
  sum: 0,
  count: 0,
  noise: 0,
  known: 0,
  raw: new Float64Array(heldRows).fill(Number.NaN),
  rest: new Float32Array(heldRows).fill(Number.NaN),
  left: Number.NaN,
  out: 0,
})

/**
 * Fixes the scale of a column by its baseline, in order of arrival, and whether it wanders: whether its serial correlation is such that neither its
 * values nor its innovations are near exchangeable (drift/whiten), once the level of its hour of the week is taken off.
 * @param cells of the season, with the event times of the values; 1: none.
 */
export function wakeColumn(
  column: UsualColumn,
  values: readonly number[],
  timesMs: readonly number[] = [],
  cells = 1,
): void {
  column.gathered = []
  const sorted = Float64Array.from(values).sort()
  const kinds = new Set(values).size
  for (const score of knotScores) {
    const knot = quantileOf(sorted, normalCdf(score))
    if (column.knots.length > 0 && knot <= (column.knots.at(-1) as number)) continue
    column.knots.push(knot)
    column.scores.push(score)
  }
  const scored = values.map((value) => standardised(column, value))
  const rest = cells > 1 ? adjustedBaseline(learnSeason(scored, timesMs, cells), scored, timesMs) : scored
  column.drifts = chooseWhitener(rest, kinds <= fewestDistinct).kind === 'block'
  const counts = isCounter(values)
  column.phase = kinds <= fewestDistinct || column.knots.length < 2 || counts ? 'off' : 'awake'
  column.wanders = column.phase === 'awake' && column.drifts
}

/**
 * The normal score of a value by the baseline, less the level taken on: straight between knots, and ever slower beyond them, so that neither
 * skew nor heavy tails make a change, and a season that leaves the baseline's range still counts.
 */
export function standardised(column: UsualColumn, value: number): number {
  return scoreOf(column, value) - column.level
}

/** Is a value so far out that its score is cut? Nothing is known of a column out there. */
export const isCut = (column: UsualColumn, value: number): boolean => Math.abs(scoreOf(column, value)) >= most

function scoreOf({ knots, scores }: UsualColumn, value: number): number {
  const last = knots.length - 1
  if (last < 1) return 0
  let k = 1
  while (k < last && value > (knots[k] as number)) k++
  const [x0, x1] = [knots[k - 1] as number, knots[k] as number]
  const [z0, z1] = [scores[k - 1] as number, scores[k] as number]
  const score = z0 + ((z1 - z0) * (value - x0)) / (x1 - x0)
  const beyond = Math.abs(score) - tail
  return beyond > 0 ? Math.sign(score) * Math.min(most, tail + Math.log1p(beyond)) : score
}

/** The value of a score: `standardised` the other way round, straight beyond the knots. */
export function valueAt({ knots, scores, level }: UsualColumn, score: number): number {
  const last = knots.length - 1
  if (last < 1) return knots[0] ?? Number.NaN
  const z = score + level
  let k = 1
  while (k < last && z > (scores[k] as number)) k++
  const [x0, x1] = [knots[k - 1] as number, knots[k] as number]
  const [z0, z1] = [scores[k - 1] as number, scores[k] as number]
  return x0 + ((x1 - x0) * (z - z0)) / (z1 - z0)
}

/** A number that all but always steps the same way is a counter, a clock or a calendar. */
function isCounter(values: readonly number[]): boolean {
  let up = 0
  let down = 0
  for (let i = 1; i < values.length; i++) {
    const step = (values[i] as number) - (values[i - 1] as number)
    if (step > 0) up++
    if (step < 0) down++
  }
  return up + down > 0 && Math.min(up, down) <= 0.08 * (up + down)
}
