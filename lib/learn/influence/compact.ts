import type { Active } from '@/lib/learn/inputs/encode'
import { tableBits } from '@/lib/learn/inputs/encode'
import { hashInt, spread } from '@/lib/learn/inputs/hash'
import { growSoftmax, learnSoftmax, predictSoftmax, startSoftmax } from '@/lib/learn/linear/softmax'
import type { Kept } from '@/lib/learn/rehearsal/rehearsal'

/**
 * A row in 64 dense columns, few enough that sums of their squares can be kept by source.
 *
 * Column    0 is 1. 1 … 39 hold the row's log-odds by a softmax regression over all inputs that learned the first rows, in pieces: each input's part
 *           goes to one of the pieces of the class that it speaks for most. 40 … 63 hold all inputs as they are, under random signs: what was not met yet.
 * Apart     golden rows had no part in it, nor have inputs that a single row had: what is measured on golden rows was not learned from them.
 * Frozen    once, from the first rows; from then on a row means the same columns for good.
 * Source    Weinberger et al. 2009 (signed hashing); Achlioptas 2003 (random signs keep inner products).
 */
export interface Compact {
  /** Piece of each input, and its part of the log-odds: 0 where the learner had not met it. */
  piece: Uint8Array
  weight: Float32Array
  classes: number
}

export const width = 64
export const firstPlain = 40
const pieces = firstPlain - 1
const plainColumns = width - firstPlain
const inputs = 1 << tableBits
/** Inputs with less weight say nothing yet. */
const leastWeight = 1e-3
/** Log-odds and plain inputs come out at about the same size. */
const plainScale = 0.5

const rate = 0.12
const passes = 3
const p = new Float64Array(64)

/** The columns by what these rows teach. */
export function freezeCompact(rows: readonly Kept[], classes: number): Compact {
  const piece = new Uint8Array(inputs)
  const weight = new Float32Array(inputs)
  const met = new Uint8Array(inputs)
  for (const { count, index } of rows)
    for (let i = 0; i < count; i++) met[index[i] as number] = Math.min(2, (met[index[i] as number] as number) + 1)
  const model = startSoftmax()
  growSoftmax(model, classes)
  for (let pass = 0; pass < passes; pass++)
    for (const row of rows) {
      predictSoftmax(model, row, classes, p)
      learnSoftmax(model, row, classes, row.y, p, rate)
    }
  const { room, table } = model
  for (let i = 0; i < inputs; i++) {
    if ((met[i] as number) < 2) continue
    const at = i * (room + 1)
    let best = 0
    let most = 0
    if (room === 1) most = table[at] as number
    else {
      let mean = 0
      for (let k = 0; k < classes; k++) mean += (table[at + k] as number) / classes
      for (let k = 0; k < classes; k++) {
        const part = (table[at + k] as number) - mean
        if (Math.abs(part) > Math.abs(most)) {
          most = part
          best = k
        }
      }
    }
    if (Math.abs(most) < leastWeight) continue
    const each = Math.max(1, Math.floor(pieces / (room === 1 ? 1 : classes)))
    piece[i] = 1 + ((best * each + (spread(hashInt(0x3ad8025f, i)) % each)) % pieces)
    weight[i] = most
  }
  return { piece, weight, classes }
}

/** Column and sign of an input among the plain ones, the same for every model. */
const plain = Int8Array.from({ length: inputs }, (_, i) => {
  const hash = spread(hashInt(0x1f83d9ab, i))
  return (firstPlain + (hash % plainColumns)) * ((hash & 0x10000) === 0 ? 1 : -1)
})

/** Writes a row's columns into `x`. */
export function compactRow(compact: Compact, row: Active, x: Float64Array): void {
  const { piece, weight } = compact
  const { count, index, value } = row
  x.fill(0)
  for (let i = 1; i < count; i++) {
    const at = index[i] as number
    const v = value[i] as number
    const part = weight[at] as number
    if (part !== 0) x[piece[at] as number] = (x[piece[at] as number] as number) + part * v
    const column = plain[at] as number
    if (column > 0) x[column] = (x[column] as number) + plainScale * v
    else x[-column] = (x[-column] as number) - plainScale * v
  }
  for (let c = 0; c < width; c++) x[c] = Math.max(-most, Math.min(most, x[c] as number))
  x[0] = 1
}

/** No row has more of a column: one row cannot weigh as much as thousands. */
const most = 8
