import { heldRows, type UsualColumn } from '@/lib/detect/drift/usual/column'
import { readHeld } from '@/lib/detect/drift/usual/fit'
import { quadratic, tailNats, timesInverse, weightOf } from '@/lib/detect/drift/usual/moments'
import { fixed, type Relations, rowOf } from '@/lib/detect/drift/usual/relations'

/**
 * By how many nats the rows since an onset are likelier if a single column is at fault, whichever it is: if it moved, by what it moved in the mean; or if it
 * says anything at all, by its own law in the baseline, and only the others follow from one another.
 */
export function singleFaultNats(relations: Relations, onset: number): number {
  const { columns, moments, rows } = relations
  const { size, inverse } = moments
  const weight = weightOf(moments)
  const first = Math.max(onset, rows - heldRows)
  const moves = columns.map(({ rest }) => meanRest(rest, first, rows))
  const moved = columns.map(() => 0)
  const loose = columns.map(() => 0)
  const values = new Float64Array(columns.length)
  for (let row = first; row < rows; row++) {
    readHeld(relations, row, values)
    const x = rowOf(relations, values, relations.times[row % heldRows] as number)
    const y = timesInverse(moments, x)
    const q = quadratic(x, y)
    const asIs = tailNats(weight * q, size)
    for (let j = 0; j < columns.length; j++) {
      const i = fixed + j
      const own = inverse[i * size + i] as number
      const [yi, by] = [y[i] as number, moves[j] as number]
      moved[j] = (moved[j] as number) + tailNats(weight * (q - 2 * by * yi + by * by * own), size) - asIs
      // Whose values follow from nothing are not known as closely either.
      const known = Math.max(0, 0.5 * Math.log(weight * own))
      loose[j] =
        (loose[j] as number) +
        tailNats(weight * (q - (yi * yi) / own), size) -
        asIs -
        known +
        tailNats((x[i] as number) ** 2, 1)
    }
  }
  return Math.max(...moved, ...loose)
}

function meanRest(rest: UsualColumn['rest'], from: number, to: number): number {
  let sum = 0
  let n = 0
  for (let row = from; row < to; row++) {
    const value = rest[row % heldRows] as number
    if (Number.isNaN(value)) continue
    sum += value
    n++
  }
  return n > 0 ? sum / n : 0
}
