import { heldRows, type UsualColumn, valueAt } from '@/lib/detect/drift/usual/column'
import { quadratic, restOf, tailNats, timesInverse, weightOf } from '@/lib/detect/drift/usual/moments'
import { fixed, type Relations, rowOf } from '@/lib/detect/drift/usual/relations'

/**
 * Mean squares of the rests of some columns since a row, against their noise: as they are, and if their values were changed.
 * @param change of a row's values, by column, in place.
 */
export function fitIf(
  relations: Relations,
  of: readonly number[],
  from: number,
  change: (values: Float64Array) => void,
): { asIs: readonly number[]; changed: readonly number[]; rows: number } {
  const { columns, moments, rows } = relations
  const asIs = of.map(() => 0)
  const changed = of.map(() => 0)
  let n = 0
  const values = new Float64Array(columns.length)
  const add = (sums: number[], timeMs: number) => {
    const x = rowOf(relations, values, timeMs)
    for (const [k, at] of of.entries()) {
      const noise = (columns[at] as UsualColumn).noise + 1e-9
      sums[k] = (sums[k] as number) + (restOf(moments, x, fixed + at) / noise) ** 2
    }
  }
  for (let row = Math.max(from, rows - heldRows); row < rows; row++) {
    readHeld(relations, row, values)
    if (of.some((at) => Number.isNaN(values[at] as number))) continue
    const timeMs = relations.times[row % heldRows] as number
    add(asIs, timeMs)
    change(values)
    add(changed, timeMs)
    n++
  }
  const mean = (sums: number[]) => sums.map((sum) => sum / Math.max(1, n))
  return { asIs: mean(asIs), changed: mean(changed), rows: n }
}

/** The row's values by column, as they were held. */
export function readHeld({ columns }: Relations, row: number, into: Float64Array): void {
  for (const [j, column] of columns.entries()) into[j] = column.raw[row % heldRows] as number
}

/** By row since `from`: the value that the others and the hour say a column should have, with the one it has. */
export function expectedSince(relations: Relations, at: number, from: number): { expected: number; value: number }[] {
  const { columns, moments, rows } = relations
  const column = columns[at] as UsualColumn
  const values = new Float64Array(columns.length)
  const out: { expected: number; value: number }[] = []
  for (let row = Math.max(from, rows - heldRows); row < rows; row++) {
    readHeld(relations, row, values)
    const value = values[at] as number
    if (Number.isNaN(value)) continue
    const x = rowOf(relations, values, relations.times[row % heldRows] as number)
    const score = (x[fixed + at] as number) - restOf(moments, x, fixed + at)
    out.push({ expected: valueAt(column, score), value })
  }
  return out
}

/** By how many nats the rows since `from` are likelier if they were changed, as the relations see rows. @param change of a row of scores, in place, given its values. */
export function fitNats(
  relations: Relations,
  from: number,
  change: (x: Float64Array, values: Float64Array) => void,
): number {
  const { columns, moments, rows } = relations
  const values = new Float64Array(columns.length)
  const natsOf = (x: Float64Array) => tailNats(weightOf(moments) * quadratic(x, timesInverse(moments, x)), moments.size)
  let nats = 0
  for (let row = Math.max(from, rows - heldRows, 0); row < rows; row++) {
    readHeld(relations, row, values)
    const x = rowOf(relations, values, relations.times[row % heldRows] as number)
    nats -= natsOf(x)
    change(x, values)
    nats += natsOf(x)
  }
  return nats
}
