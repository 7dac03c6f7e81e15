import { heldRows, type UsualColumn } from '@/lib/detect/drift/usual/column'
import type { Relations } from '@/lib/detect/drift/usual/relations'
import { changeAt, isRecord, type Unusual } from '@/lib/detect/drift/usual/usual-change'

export interface Blamed {
  column: UsualColumn
  before: number
  after: number
}

/** Changes in units of noise that are this near are alike: a partial correlation beyond .9. */
const alike = 0.9
/** How much greater the step must be, in usual steps, that speaks for another one. */
const clearly = 2

/**
 * Whose change broke the relations: a column that jumps alone moves its own rest by more of its noise than anyone else's
 * (|P_jk| ≤ √(P_jj P_kk) for the inverse moments P). Columns that say nearly the same part by nearly as much, each as far from the other: of those
 * nearly as great, the one that itself stepped where it began.
 * Only what is a record for itself can have moved the others.
 */
export function blameFor(relations: Relations, crossed: UsualColumn, unusual: Unusual): Blamed {
  const noisy = (change: { before: number; after: number }, column: UsualColumn) =>
    Math.abs(change.after - change.before) / Math.max(column.noise, 1e-9)
  const all = relations.columns.flatMap((column) => {
    if (column.phase !== 'awake' || column.out > 0) return []
    const change = changeAt(column.changes, unusual.scale)
    // One that moved no more than it does by itself has broken nothing.
    return change && isRecord(column.changes, unusual.scale, Math.abs(change.after - change.before))
      ? [{ column, ...change, size: noisy(change, column) }]
      : []
  })
  const own = { column: crossed, before: unusual.before, after: unusual.after, size: noisy(unusual, crossed) }
  const first = all.reduce((a, b) => (b.size > a.size ? b : a), own)
  const onset = onsetOf(relations, first.column, unusual.rows, first.before)
  let blamed: Blamed = first
  let most = clearly * stepAt(first.column, onset, relations.rows)
  for (const each of all) {
    const step = each.size > alike * first.size ? stepAt(each.column, onset, relations.rows) : 0
    if (step <= most) continue
    most = step
    blamed = each
  }
  return blamed
}

/** The greatest step of a column's values near a row, in its usual steps. */
function stepAt({ raw }: UsualColumn, near: number, rows: number): number {
  let usual = 0
  let n = 0
  let most = 0
  for (let row = Math.max(1, rows - heldRows + 1); row < rows; row++) {
    const step = Math.abs((raw[row % heldRows] as number) - (raw[(row - 1) % heldRows] as number))
    if (Number.isNaN(step)) continue
    if (Math.abs(row - near) <= 2) most = Math.max(most, step)
    else if (row < near) {
      usual += step
      n++
    }
  }
  return n > 0 && usual > 0 ? (most * n) / usual : 0
}

/** The row from which the rest lies apart from its level before, by least squares over twice the rows of the change's scale. Rows as the relations count them. */
export function onsetOf({ rows }: Relations, { rest }: UsualColumn, scaleRows: number, before: number): number {
  let sum = 0
  let n = 0
  let best = -1
  let onset = rows - 1
  for (let row = rows - 1; row >= Math.max(0, rows - Math.min(heldRows, 2 * scaleRows)); row--) {
    const value = rest[row % heldRows] as number
    if (Number.isNaN(value)) continue
    sum += value - before
    n++
    const gain = (sum * sum) / n
    if (gain <= best) continue
    best = gain
    onset = row
  }
  return onset
}

/** Has its level moved, or do a few wild rows make the change? Of the rows since the onset half must lie beyond half of it. */
export function isLevel({ rows }: Relations, { column, before, after }: Blamed, onset: number): boolean {
  const half = (after - before) / 2
  let beyond = 0
  let n = 0
  for (let row = Math.max(onset, rows - heldRows); row < rows; row++) {
    const value = column.rest[row % heldRows] as number
    if (Number.isNaN(value)) continue
    n++
    if ((value - before - half) * Math.sign(half) > 0) beyond++
  }
  return n >= 3 && beyond >= n / 2
}

/** Rows, and mean distance from its old level in units of its noise (1 where nothing moved): the rest of a column that came back. */
const backRows = 64
const near = 1.5

/** Has a reported column returned: does it follow from the others again, at the level that it left? @returns since which row, or −1. */
export function backSince({ rows }: Relations, { rest, left, noise }: UsualColumn): number {
  let sum = 0
  let n = 0
  for (let row = rows - backRows; row < rows; row++) {
    const value = rest[row % heldRows] as number
    if (Number.isNaN(value)) continue
    sum += Math.abs(value - left)
    n++
  }
  return n >= backRows / 2 && sum / n <= near * noise ? rows - backRows : -1
}
