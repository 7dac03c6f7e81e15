import { type NormalScores, scoreOf, startScores, tieAt, valueAt } from '@/lib/detect/drift/normal-scores'
import { adjust, adjustedBaseline, learnSeason, type NumericSeason } from '@/lib/detect/drift/numeric/season'
import { type Columns, whitenRows } from '@/lib/detect/drift/relation/columns'
import { bestSplit } from '@/lib/detect/drift/relation/split'
import { rowAt } from '@/lib/detect/drift/rows'
import { ranksIn } from '@/lib/detect/drift/segment/explain'
import type { SegmentFeatureState, SegmentUnit } from '@/lib/detect/drift/segment/feature-state'
import { rowsOf } from '@/lib/detect/drift/segment/rows'
import { dependsOnStratum } from '@/lib/detect/drift/stratum-dependence'
import type { Whitener } from '@/lib/detect/drift/whiten'
import type { Frame } from '@/lib/detect/frame'
import { weekHourOf } from '@/lib/detect/season'
import type { Features } from '@/lib/event/types'
import { isFiniteNumber } from '@/lib/stats/finite'

/** What is usual of a column by the hour, on its scale of normal scores. */
export interface ColumnSeason {
  scores: NormalScores
  level: NumericSeason
}

/** Hours of the day that are told apart, on weekdays and at weekends, when it is asked whether rows still differ by them. */
const hoursTogether = 4
function stratumOf(timeMs: number): number {
  const hour = weekHourOf(timeMs)
  return Math.floor((hour % 24) / hoursTogether) + (hour >= 120 ? 24 / hoursTogether : 0)
}

/**
 * Takes the season out of the gathered columns, in place: each value becomes the one that has its place at the mean level. A column that still differs by the hour,
 * such as in how it spreads, is emptied: its rows are not alike. @returns the season of each column, null where it has none.
 */
export function takeSeasonOut(columns: Columns, timesMs: readonly number[], cells: number): (ColumnSeason | null)[] {
  return columns.gathered.map((column, slot) => {
    const rows = column.flatMap((value, i) => (Number.isNaN(value) ? [] : [i]))
    if (rows.length < columns.rows / 4) return null
    const values = Float64Array.from(rows, (i) => column[i] as number).sort()
    if (values[0] === values[values.length - 1]) return null
    const scores = startScores(values)
    const own = rows.map((i) => timesMs[i] as number)
    const scored = rows.map((i) => scoreOf(scores, column[i] as number, tieAt(64 * i + slot)))
    const level = learnSeason(scored, own, cells)
    const left = adjustedBaseline(level, scored, own)
    const apart = dependsOnStratum(left, own.map(stratumOf))
    for (const [at, i] of rows.entries()) column[i] = apart ? Number.NaN : valueAt(scores, left[at] as number)
    return apart ? null : { scores, level }
  })
}

/** A row without its season: numbers of the columns that have one. */
export function withoutSeason(
  seasons: readonly (ColumnSeason | null)[],
  slots: ReadonlyMap<string, number>,
  features: Features,
  timeMs: number,
  row: number,
): Features {
  const weekHour = weekHourOf(timeMs)
  const still: Record<string, number> = {}
  for (const [name, slot] of slots) {
    const season = seasons[slot]
    const value = features[name]
    if (!season || !isFiniteNumber(value)) continue
    const score = scoreOf(season.scores, value, tieAt(64 * row + slot))
    still[name] = valueAt(season.scores, adjust(season.level, score, weekHour))
  }
  return still
}

/** Do rows of a segment value differ by the hour, when the season of all rows was taken out? Then that segment has a season of its own. */
export function hasOwnSeason(
  state: SegmentFeatureState,
  { feature, key, code }: Pick<SegmentUnit, 'feature' | 'key' | 'code'>,
  timesMs: readonly number[],
): boolean {
  const white = whitenRows(state.columns.whiteners[feature] as Whitener, state.columns.base[feature] as Float32Array)
  const codes = state.baseCodes[key] as Uint8Array
  const rows = Array.from(white.keys()).filter((i) => codes[i] === code && !Number.isNaN(white[i]))
  return dependsOnStratum(
    rows.map((i) => white[i] as number),
    rows.map((i) => stratumOf(timesMs[i] as number)),
  )
}

const dayMs = 86_400_000
const lookRows = 64
const mostKept = 100

/**
 * Has a change whose evidence has passed lasted for a day? What is odd about a few hours, or about a holiday, is over by then. Looked at now and then; meanwhile the
 * evidence is bounded, so that it is soon gone where the change is.
 */
export function lastsADay(state: SegmentFeatureState, unit: SegmentUnit, { row, rows }: Frame): boolean {
  const { m, bets } = state.ranks
  const from = unit.place * bets
  let total = 0
  for (let b = from; b < from + bets; b++) total += m[b] as number
  if (total > mostKept) for (let b = from; b < from + bets; b++) m[b] = ((m[b] as number) * mostKept) / total
  if (row % lookRows !== 0) return false
  const held = rowsOf(state, unit, unit.armedRow, row, true)
  const { at } = bestSplit(ranksIn(state, unit, held.white, held.rows))
  return rowAt(rows, row).timeMs - rowAt(rows, held.rows[at] ?? row).timeMs >= dayMs
}
