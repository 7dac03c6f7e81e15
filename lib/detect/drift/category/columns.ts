import { type CodeBook, categoryOf, codeOf, makeCodeBook } from '@/lib/detect/drift/code/book'
import { isChained } from '@/lib/detect/drift/code/chain'
import { strataDiffer, weekdaysDiffer } from '@/lib/detect/drift/code/strata'
import { type CodeUnit, startCodeUnit } from '@/lib/detect/drift/code/unit'
import type { Frame } from '@/lib/detect/frame'
import { seasonCell } from '@/lib/detect/season'
import type { Features } from '@/lib/event/types'

/**
 * String and boolean columns while the baseline fills. The first rows (`baselineRows`) are kept and make the code books, from their first half; what
 * comes after is counted, by segment and by hour, until the baseline is over: a week of it may be a million rows.
 */
export interface CategoryColumns {
  /** The first rows by column: categories, segment strata and times. */
  gathered: Map<string, { values: string[]; strata: number[]; timesMs: number[] }>
  counting: CountedColumn[] | null
}

interface CountedColumn {
  name: string
  book: CodeBook
  /** Counts by code, by segment stratum and by hour of the week. */
  bySegment: (Float64Array | null)[]
  byHour: (Float64Array | null)[]
  /** And by the code before, which is `last` now. */
  byLast: (Float64Array | null)[]
  last: number
}

/** What is watched once the baseline is over. */
export interface CategoryColumn {
  name: string
  book: CodeBook
  unit: CodeUnit
  /** The latest values that the baseline did not know. */
  strange: string[]
  /** Do values come in runs (sessions)? Then a row is ranked among those after the same value, `last`. */
  chained: boolean
  last: number
}

const mostStrange = 8

/** Notes a value that has no code of its own. */
export function noteStrange({ strange }: CategoryColumn, category: string): void {
  strange.push(category)
  if (strange.length > mostStrange) strange.shift()
}

export const startColumns = (): CategoryColumns => ({ gathered: new Map(), counting: null })

/** Takes a row of the baseline. */
export function gatherCategories(
  columns: CategoryColumns,
  features: Features,
  { row, stratum }: Frame,
  timeMs: number,
  baselineRows: number,
  mostFeatures: number,
): void {
  if (columns.counting) {
    for (const column of columns.counting) {
      const category = categoryOf(features[column.name])
      if (category !== null) countRow(column, category, stratum, timeMs)
    }
    return
  }
  for (const name in features) {
    const category = categoryOf(features[name])
    if (category === null) continue
    let own = columns.gathered.get(name)
    if (!own) {
      if (columns.gathered.size >= mostFeatures) continue
      own = { values: [], strata: [], timesMs: [] }
      columns.gathered.set(name, own)
    }
    own.values.push(category)
    own.strata.push(stratum)
    own.timesMs.push(timeMs)
  }
  if (row + 1 >= baselineRows) startCounting(columns, baselineRows)
}

/** A feature is categorical when a quarter of the first rows give it a category, and it is not like an identifier. */
function startCounting(columns: CategoryColumns, baselineRows: number): void {
  columns.counting = []
  for (const [name, { values, strata, timesMs }] of columns.gathered) {
    if (values.length < Math.max(50, baselineRows / 4)) continue
    if (new Set(values).size > 0.5 * values.length) continue
    const half = values.length >> 1
    const book = makeCodeBook(values.slice(0, half))
    const last = codeOf(book, values[half - 1] as string)
    const column: CountedColumn = { name, book, bySegment: [], byHour: [], byLast: [], last }
    for (let i = half; i < values.length; i++)
      countRow(column, values[i] as string, strata[i] as number, timesMs[i] as number)
    columns.counting.push(column)
  }
  columns.gathered = new Map()
}

function countRow(column: CountedColumn, category: string, stratum: number, timeMs: number): void {
  const code = codeOf(column.book, category)
  const size = column.book.names.length + 1
  addTo(column.bySegment, stratum, code, 1, size)
  addTo(column.byHour, seasonCell(168, timeMs), code, 1, size)
  addTo(column.byLast, column.last, code, 1, size)
  column.last = code
}

export function addTo(by: (Float64Array | null)[], place: number, code: number, count: number, codes: number): void {
  while (by.length <= place) by.push(null)
  by[place] ??= new Float64Array(codes)
  const own = by[place] as Float64Array
  own[code] = (own[code] as number) + count
}

/** The baseline is over: strata by the season where there is one, else by segment where the column's shares differ. */
export function completeCategories(columns: CategoryColumns, { row, rows, cells }: Frame): CategoryColumn[] {
  const counting = columns.counting ?? []
  const held = Math.min(rows.held, Math.max(2000, Math.floor(1_000_000 / Math.max(1, counting.length))))
  columns.counting = []
  return counting.map(({ name, book, bySegment, byHour, byLast, last }) => {
    const codes = book.names.length + 1
    const pooled = new Float64Array(codes)
    for (const own of bySegment)
      for (let c = 0; own && c < codes; c++) pooled[c] = (pooled[c] as number) + (own[c] as number)
    // Hours that might differ are kept apart, for a day has only one order; segments come mixed, and are pooled unless they do differ.
    const own = cells === 48 && weekdaysDiffer(byHour) ? 168 : cells
    // Hours make neighbours alike too: in a season its cells come first.
    const chained = own <= 1 && isChained(byLast, pooled)
    const strata = own > 1 ? foldHours(byHour, own, codes) : chained ? byLast : bySegment
    const apart = chained || strataDiffer(strata, own > 1 ? 1 : 4)
    const unit = startCodeUnit(pooled, held, row, apart ? strata : null, own)
    unit.chained = chained
    return { name, book, strange: [], chained, last, unit }
  })
}

/** Hours of the week by cells of the season. */
export function foldHours(
  byHour: readonly (Float64Array | null)[],
  cells: number,
  codes: number,
): (Float64Array | null)[] {
  const folded: (Float64Array | null)[] = []
  for (const [hour, own] of byHour.entries()) {
    if (!own) continue
    const cell = cells === 168 ? hour : (hour % 24) + (cells === 48 && hour >= 120 ? 24 : 0)
    for (let c = 0; c < codes; c++) addTo(folded, cell, c, own[c] as number, codes)
  }
  return folded
}
