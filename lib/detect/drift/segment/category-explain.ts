import {
  type CategoryUnit,
  codesOf,
  heldRows,
  noCategory,
  type SegmentCategoryState,
  type ToldColumn,
} from '@/lib/detect/drift/segment/category-state'
import type { Explanation } from '@/lib/detect/drift/segment/explain'

/** As for numbers (segment-explain): nats that chance seldom gives, that the inside must have, that the others must lose or would have gained. */
const leastOutside = 5
const deviations = 3
const mostOfOne = 8
const leastOfInside = 0.05
const fewestInside = 6
const fewestAgainst = 6
const fewestExpected = 15
const fewestOthers = 20

/** Rows since an onset within one segment value, by category; and what they gain. */
interface Part {
  code: number
  rows: number
  counts: Float64Array
  /** Shares of its own baseline, and its rows. */
  shares: Float64Array
  baseRows: number
  /** Nats by which shares of their own explain the rows better than the baseline's do, less what chance makes of it. */
  gain: number
}

/**
 * Which segment value, of all keys, explains alone that the shares of a column changed in the rows [onsetRow, row]? As `segmentOf` of the numeric
 * features: the inside has the evidence, the others would have shown it and did not. Pure. @returns null when it is not confined, or cannot be told.
 */
export function categorySegmentOf(
  state: SegmentCategoryState,
  at: number,
  onsetRow: number,
  row: number,
): Explanation | null {
  let best: Explanation | null = null
  for (let key = 0; key < state.keys.length; key++) {
    const parts = partsOf(state, at, key, onsetRow, row)
    for (const part of parts) {
      if (part.gain < fewestInside || (best && part.gain <= best.inside)) continue
      const others = parts.filter((other) => other !== part)
      const rowsOutside = others.reduce((sum, other) => sum + other.rows, 0)
      // Together: a category that is new in each by a few rows is no chance in all of them.
      const outside = Math.max(0, gainOfAll(others))
      const perRow = part.gain / part.rows
      const small = leastOfInside * perRow
      if (rowsOutside * perRow < fewestExpected || rowsOutside < Math.max(fewestOthers, part.rows / 2)) continue
      // Half of a χ² with as many degrees of freedom as there are other categories.
      const chance = deviations * Math.sqrt((part.counts.length - 1) / 2)
      if (outside > Math.max(leastOutside, chance, small * rowsOutside)) continue
      if (others.some((other) => other.gain > Math.max(mostOfOne, 2 * small * other.rows))) continue
      const ratios = part.counts.map(
        (own, c) => (own + 0.5) / (part.rows + 0.5 * part.counts.length) / (part.shares[c] as number),
      )
      if (others.reduce((sum, other) => sum + natsUnder(other, ratios), 0) > -fewestAgainst) continue
      best = {
        key: state.keys[key] as string,
        value: state.values[key]?.[part.code] as string,
        inside: part.gain,
        outside,
        rowsInside: part.rows,
        rowsOutside,
      }
    }
  }
  return best
}

function partsOf(state: SegmentCategoryState, at: number, key: number, onsetRow: number, row: number): Part[] {
  const size = codesOf(state.columns[at] as ToldColumn)
  const parts: Part[] = []
  for (const [code, first] of (state.first[key] as Int16Array).entries()) {
    const unit = first < 0 ? null : state.units[first + at]
    if (!unit) continue
    const counts = countsSince(state, unit, onsetRow, row)
    const rows = counts.reduce((a, b) => a + b, 0)
    if (rows === 0) continue
    // A unit that took on a new level meanwhile is compared with the approved one.
    const base = onsetRow < unit.armedRow ? unit.approved : unit.reference
    const total = base.reduce((a, b) => a + b, 0)
    const shares = base.map((own) => (own + 0.5) / (total + 0.5 * size))
    let gain = (-(size - 1) / 2) * (1 + rows / total)
    for (let c = 0; c < size; c++) {
      const own = counts[c] as number
      if (own > 0) gain += own * Math.log(own / rows / (shares[c] as number))
    }
    parts.push({ code, rows, counts, shares, baseRows: total, gain })
  }
  return parts
}

/**
 * Nats by which the rows [from, row] outside of a unit's segment say that the shares of its column changed, less what chance and the size of the baseline
 * make of it.
 */
export function gainOutside(state: SegmentCategoryState, unit: CategoryUnit, from: number, row: number): number {
  const others = partsOf(state, unit.column, unit.key, from, row).filter(({ code }) => code !== unit.code)
  if (others.length === 0) return 0
  let rows = 0
  let baseRows = 0
  for (const other of others) {
    rows += other.rows
    baseRows += other.baseRows
  }
  const freedom = (others[0] as Part).counts.length - 1
  return gainOfAll(others) - (freedom / 2) * (rows / baseRows)
}

/** What parts gain as one: their rows against what the baseline of each makes of as many. */
function gainOfAll(parts: readonly Part[]): number {
  const size = parts[0]?.counts.length ?? 1
  let gain = -(size - 1) / 2
  for (let c = 0; c < size; c++) {
    let own = 0
    let expected = 0
    for (const { counts, shares, rows } of parts) {
      own += counts[c] as number
      expected += rows * (shares[c] as number)
    }
    if (own > 0) gain += own * Math.log(own / expected)
  }
  return gain
}

/** Nats of rows if their categories had become likelier by these ratios. */
function natsUnder({ counts, shares, rows }: Part, ratios: Float64Array): number {
  let norm = 0
  let nats = 0
  for (let c = 0; c < ratios.length; c++) {
    norm += (ratios[c] as number) * (shares[c] as number)
    nats += (counts[c] as number) * Math.log(ratios[c] as number)
  }
  return nats - rows * Math.log(norm)
}

/** Categories of a unit's rows in [from, to] that are held. */
export function countsSince(state: SegmentCategoryState, unit: CategoryUnit, from: number, to: number): Float64Array {
  const counts = new Float64Array(codesOf(state.columns[unit.column] as ToldColumn))
  for (const { category } of rowsSince(state, unit, from, to)) counts[category] = (counts[category] as number) + 1
  return counts
}

export function rowsSince(
  state: SegmentCategoryState,
  { key, code, column }: CategoryUnit,
  from: number,
  to: number,
): { row: number; category: number }[] {
  const codes = state.codes[key] as Uint8Array
  const categories = state.recent[column] as Uint8Array
  const rows: { row: number; category: number }[] = []
  for (let row = Math.max(0, from, to - heldRows + 1); row <= to; row++) {
    const category = categories[row % heldRows] as number
    if (codes[row % heldRows] === code && category !== noCategory) rows.push({ row, category })
  }
  return rows
}
