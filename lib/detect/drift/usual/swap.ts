import { heldRows, standardised, type UsualColumn } from '@/lib/detect/drift/usual/column'
import { readHeld } from '@/lib/detect/drift/usual/fit'
import { quadratic, tailNats, timesInverse, weightOf } from '@/lib/detect/drift/usual/moments'
import { fixed, type Relations, rowOf } from '@/lib/detect/drift/usual/relations'
import { singleFaultNats } from '@/lib/detect/drift/usual/single-fault'

/** Two columns that carry each other's values since a row, and how much likelier the rows are exchanged back: nats. */
export interface Exchange {
  readonly pair: readonly [number, number]
  readonly onset: number
  readonly nats: number
  /** And by how many if a single column is at fault. */
  readonly rival: number
}

/** Nats, beyond the logarithm of the pairs, by which the rows must be likelier exchanged: that something broke is known, this tells what. One in a hundred. */
const leastNats = Math.log(100)
/** Rows since the onset that a swap needs, and rows before it that say what an exchange costs. */
const fewestRows = 5
const rowsBefore = 64
/** Part of what it cost a row before that an exchange must gain a row since. */
const leastPart = 0.25

/**
 * The two columns that were exchanged at some row since `from`: put back, the rows follow from one another as before, and are likelier than as they are
 * by `leastNats`. Each has the other's law: what an exchange gains a row now is what it would have cost a row before; columns that grow alike, or
 * relations that bend, gain a little for long. No usual change is a permutation, so the size of what is usual has no say.
 * All pairs are tried, whoever seems to have broken the relations: two columns that jump together do not show alone.
 */
export function exchangeSince(relations: Relations, from: number): Exchange | null {
  const { columns, rows } = relations
  const pairs = (columns.length * (columns.length - 1)) / 2
  const sums = new Float64Array(pairs)
  const most = new Float64Array(pairs).fill(leastNats + Math.log(Math.max(1, pairs)))
  const onsets = new Int32Array(pairs).fill(-1)
  const values = new Float64Array(columns.length)
  for (let row = rows - 1; row >= Math.max(from, rows - heldRows, 0); row--) {
    readHeld(relations, row, values)
    gainOfPairs(relations, values, relations.times[row % heldRows] as number, sums)
    if (rows - row < fewestRows) continue
    for (let k = 0; k < pairs; k++) {
      if ((sums[k] as number) <= (most[k] as number)) continue
      most[k] = sums[k] as number
      onsets[k] = row
    }
  }
  let best: Exchange | null = null
  for (let b = 1, k = 0; b < columns.length; b++) {
    for (let a = 0; a < b; a++, k++) {
      const onset = onsets[k] as number
      const nats = most[k] as number
      if (onset < 0 || (best && nats <= best.nats)) continue
      const cost = -meanGain(relations, a, b, onset - Math.max(rowsBefore, rows - onset), onset)
      if (!(cost > 0) || nats < leastPart * cost * (rows - onset)) continue
      best = { pair: [a, b], onset, nats, rival: 0 }
    }
  }
  return best && { ...best, rival: singleFaultNats(relations, best.onset) }
}

/** Nats that an exchange gains a row; 0 where no rows are held. */
function meanGain(relations: Relations, a: number, b: number, from: number, to: number): number {
  const { columns, rows } = relations
  const sums = new Float64Array((columns.length * (columns.length - 1)) / 2)
  const values = new Float64Array(columns.length)
  const first = Math.max(from, rows - heldRows, 0)
  for (let row = first; row < to; row++) {
    readHeld(relations, row, values)
    gainOfPairs(relations, values, relations.times[row % heldRows] as number, sums)
  }
  return (sums[(b * (b - 1)) / 2 + a] as number) / Math.max(1, to - first)
}

/** Adds, pair by pair (0 1, 0 2, 1 2, 0 3 …), by how many nats the row is likelier with the two exchanged. */
function gainOfPairs(relations: Relations, values: Float64Array, timeMs: number, sums: Float64Array): void {
  const { columns, moments } = relations
  const { size, inverse } = moments
  const x = rowOf(relations, values, timeMs)
  const y = timesInverse(moments, x)
  const weight = weightOf(moments)
  const q = quadratic(x, y)
  const asIs = tailNats(weight * q, size)
  for (let b = 1, k = 0; b < columns.length; b++) {
    for (let a = 0; a < b; a++, k++) {
      const one = columns[a] as UsualColumn
      const two = columns[b] as UsualColumn
      const [v, w] = [values[a] as number, values[b] as number]
      if (one.phase !== 'awake' || two.phase !== 'awake' || !(Number.isFinite(v) && Number.isFinite(w))) continue
      const i = fixed + a
      const j = fixed + b
      // A column that is left out stands in the row as what the others say of it.
      const di = one.out > 0 ? 0 : standardised(one, w) - (x[i] as number)
      const dj = two.out > 0 ? 0 : standardised(two, v) - (x[j] as number)
      const linear = 2 * (di * (y[i] as number) + dj * (y[j] as number))
      const square =
        di * di * (inverse[i * size + i] as number) +
        dj * dj * (inverse[j * size + j] as number) +
        2 * di * dj * (inverse[i * size + j] as number)
      sums[k] = (sums[k] as number) + tailNats(weight * (q + linear + square), size) - asIs
    }
  }
}
