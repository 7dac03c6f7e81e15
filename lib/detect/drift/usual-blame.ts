import { changeAt, type Unusual } from '@/lib/detect/drift/usual-change'
import { heldRows, type UsualColumn } from '@/lib/detect/drift/usual-column'
import type { Relations } from '@/lib/detect/drift/usual-relations'

export interface Blamed {
  column: UsualColumn
  before: number
  after: number
}

/**
 * Whose change broke the relations: a column that jumps alone moves its own rest by more of its noise than anyone else's
 * (|P_jk| ≤ √(P_jj P_kk) for the inverse moments P), so the greatest change in units of noise is its.
 */
export function blameFor(relations: Relations, crossed: UsualColumn, unusual: Unusual): Blamed {
  let blamed: Blamed = { column: crossed, before: unusual.before, after: unusual.after }
  let most = Math.abs(unusual.after - unusual.before) / Math.max(crossed.noise, 1e-9)
  for (const column of relations.columns) {
    if (column.phase !== 'awake' || column.out > 0) continue
    const change = changeAt(column.changes, unusual.scale)
    const size = change ? Math.abs(change.after - change.before) / Math.max(column.noise, 1e-9) : 0
    if (!change || size <= most) continue
    most = size
    blamed = { column, ...change }
  }
  return blamed
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
