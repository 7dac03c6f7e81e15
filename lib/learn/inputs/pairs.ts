import { hashInt } from './hash'
import { type Active, add } from './inputs'

/**
 * What two columns of a row say together: every pair of coarse values where columns are few, and the product of two standardised numbers, which learns a
 * bend of the boundary from few rows.
 */
export interface Columns {
  count: number
  coarse: Int32Array
  numbers: number
  key: Int32Array
  standard: Float64Array
}

/** Up to this many columns, every pair of coarse values is an input. */
const mostCrossed = 10
/** Up to this many numbers, every product of two is: beyond they would cost more than all else. */
const mostNumbers = 16
const pairWeight = 0.5
const productWeight = 0.4
const mostProduct = 4

export const noColumns = (): Columns => ({
  count: 0,
  coarse: new Int32Array(mostCrossed + 1),
  numbers: 0,
  key: new Int32Array(mostNumbers + 1),
  standard: new Float64Array(mostNumbers + 1),
})

export function noteColumn(columns: Columns, coarse: number): void {
  if (columns.count <= mostCrossed) columns.coarse[columns.count] = coarse
  columns.count++
}

export function noteNumber(columns: Columns, key: number, standard: number): void {
  if (columns.numbers <= mostNumbers) {
    columns.key[columns.numbers] = key
    columns.standard[columns.numbers] = standard
  }
  columns.numbers++
}

export function addPairs({ count, coarse, numbers, key, standard }: Columns, products: boolean, out: Active): void {
  if (count <= mostCrossed)
    for (let a = 0; a < count; a++)
      for (let b = a + 1; b < count; b++) add(out, hashInt(coarse[a] as number, coarse[b] as number), pairWeight)
  if (!products || numbers > mostNumbers) return
  for (let a = 0; a < numbers; a++) {
    const first = hashInt(key[a] as number, 0x70)
    for (let b = a + 1; b < numbers; b++) {
      const product = (standard[a] as number) * (standard[b] as number)
      add(out, hashInt(first, key[b] as number), productWeight * Math.max(-mostProduct, Math.min(mostProduct, product)))
    }
  }
}
