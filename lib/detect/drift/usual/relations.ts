import { heldRows, standardised, startColumn, type UsualColumn, wakeColumn } from '@/lib/detect/drift/usual/column'
import { addMoments, fitMoments, type Moments, restOf, startMoments } from '@/lib/detect/drift/usual/moments'
import { addBlock, blockRows, settleChange, widenChanges } from '@/lib/detect/drift/usual/usual-change'

/** The numeric columns of a model, and how each follows from the others and the hour of the day, learned as the stream goes. */
export interface Relations {
  columns: UsualColumn[]
  moments: Moments
  rows: number
  /** Event times of the latest rows. */
  times: Float64Array
  /** Pairs of columns that carry each other's values: they are put back as rows come, so that the others lose nothing that they tell. */
  exchanged: (readonly [number, number])[]
  /** Columns taken on again at this row, by name. */
  rejoined: string[]
}

/** A relation is forgotten by half in so many rows: seasons change relations too. */
const halfLifeRows = 2000
/** Rows before the first fit; a multiple of `fitEvery` and of a block. */
const warmRows = 512
const fitEvery = 128
/** The noise of a relation is a mean over so many rows. */
const noiseRows = 1000
const dayMs = 86_400_000
/** 1, and three waves of the day. */
export const fixed = 7
/** Values of a column that was constant before it joins. */
const wakeRows = 2000
const outRows = 2000

export const startRelations = (names: readonly string[]): Relations => ({
  columns: names.map(startColumn),
  moments: startMoments(fixed + names.length, halfLifeRows),
  rows: 0,
  times: new Float64Array(heldRows),
  exchanged: [],
  rejoined: [],
})

/** Takes a row: values by column, NaN for none; those of exchanged columns are put back in place. @returns true when a block of rows is full. */
export function addRelated(relations: Relations, values: Float64Array, timeMs: number): boolean {
  for (const pair of relations.exchanged) putBack(values, pair)
  const { columns, moments } = relations
  const row = relations.rows++
  relations.times[row % heldRows] = timeMs
  const x = rowOf(relations, values, timeMs)
  for (const [j, column] of columns.entries()) {
    const value = values[j] as number
    column.raw[row % heldRows] = value
    const rest = restIn(relations, x, j, value)
    column.rest[row % heldRows] = row < warmRows ? Number.NaN : rest
    if (column.out > 0 && --column.out === 0) rejoin(relations, column)
    if (Number.isNaN(rest) || row < warmRows) continue
    column.sum += rest
    column.count++
    if (column.out > 0) continue
    const known = Math.min(noiseRows, column.known++)
    column.noise += (Math.min(Math.abs(rest), known < 50 ? 9 : 4 * column.noise) - column.noise) / (known + 1)
  }
  addMoments(moments, x)
  if (relations.rows >= warmRows && relations.rows % fitEvery === 0) fitMoments(moments)
  if (relations.rows % blockRows !== 0) return false
  for (const column of columns) {
    if (row >= warmRows) addBlock(column.changes, column.sum, column.count)
    column.sum = 0
    column.count = 0
  }
  return row >= warmRows
}

function restIn({ columns, moments }: Relations, x: Float64Array, j: number, value: number): number {
  const column = columns[j] as UsualColumn
  if (Number.isNaN(value) || column.phase !== 'awake') return Number.NaN
  return column.out > 0 ? standardised(column, value) - (x[fixed + j] as number) : restOf(moments, x, fixed + j)
}

/** A column whose new level holds is taken on at that level, and the others may learn from it again; one that follows from nothing stays out. */
function rejoin(relations: Relations, column: UsualColumn): void {
  const rests = column.rest.filter((rest) => !Number.isNaN(rest))
  const mean = rests.reduce((a, b) => a + b, 0) / Math.max(1, rests.length)
  const noise = rests.reduce((a, b) => a + Math.abs(b - mean), 0) / Math.max(1, rests.length)
  if (rests.length === 0 || noise > 2 * column.noise) {
    column.out = outRows
    return
  }
  column.level += mean
  if (noise > column.noise) widenChanges(column.changes, noise / Math.max(column.noise, 1e-9))
  column.left = Number.NaN
  // The block at hand began at the level before.
  column.sum = 0
  column.count = 0
  relations.rejoined.push(column.name)
  for (const each of relations.columns) settleChange(each.changes, null)
}

function putBack(values: Float64Array, [a, b]: readonly [number, number]): void {
  const first = values[a] as number
  values[a] = values[b] as number
  values[b] = first
}

/** Two columns were exchanged at a row held. @returns false where they were so before: now each is in its place again. */
export function exchange(relations: Relations, pair: readonly [number, number], onset: number): boolean {
  const [one, two] = pair.map((at) => relations.columns[at]) as [UsualColumn, UsualColumn]
  for (let row = Math.max(onset, relations.rows - heldRows); row < relations.rows; row++) {
    const at = row % heldRows
    const first = one.raw[at] as number
    one.raw[at] = two.raw[at] as number
    two.raw[at] = first
    one.rest[at] = Number.NaN
    two.rest[at] = Number.NaN
  }
  const known = relations.exchanged.findIndex(([a, b]) => a === pair[0] && b === pair[1])
  if (known >= 0) relations.exchanged.splice(known, 1)
  else relations.exchanged.push(pair)
  return known < 0
}

/** A column is left to itself: for `outRows`, or until it returns. */
export function leaveOut(column: UsualColumn): void {
  column.out = outRows
}

/** The row as the relations see it. What is missing is what the others say, so that an outage of one column is no change of the others. */
export function rowOf({ columns, moments }: Relations, values: ArrayLike<number>, timeMs: number): Float64Array {
  const x = new Float64Array(moments.size)
  const angle = (2 * Math.PI * (((timeMs % dayMs) + dayMs) % dayMs)) / dayMs
  x[0] = 1
  for (let k = 1; k <= 3; k++) {
    x[2 * k - 1] = Math.sin(k * angle)
    x[2 * k] = Math.cos(k * angle)
  }
  let missing = false
  for (const [j, column] of columns.entries()) {
    const value = values[j] as number
    if (column.phase !== 'awake') continue
    if (Number.isNaN(value) || column.out > 0) missing = true
    else x[fixed + j] = standardised(column, value)
  }
  // Columns that are missing together need each other's guess: a second pass.
  for (let pass = 0; missing && moments.inverse.length > 0 && pass < 2; pass++) {
    for (const [j, column] of columns.entries()) {
      if (column.phase === 'awake' && (column.out > 0 || Number.isNaN(values[j] as number)))
        x[fixed + j] = (x[fixed + j] as number) - restOf(moments, x, fixed + j)
    }
  }
  return x
}

/** A column that was constant gathers what it says since; with enough it joins. */
export function gatherAsleep(column: UsualColumn, value: number): void {
  if (Number.isNaN(value) || (column.gathered.length === 1 && value === column.gathered[0])) return
  column.gathered.push(value)
  if (column.gathered.length > wakeRows) wakeColumn(column, column.gathered.slice(1))
}
