import type { Active } from './encode'
import { tableBits } from './encode'

/**
 * Softmax regression over hashed inputs, one AdaGrad step a row.
 *
 * Update  w_jk ← w_jk − η·g/√(G_jk + ε),  g = (p_k − [y = k])·x_j,  G_jk ← G_jk + g².
 * Source  Duchi, Hazan & Singer 2011, JMLR 12; hashing: Weinberger et al. 2009.
 * Memory  65,536 inputs × room for classes (a power of two) × 8 bytes: 1 MB for two classes.
 */
export interface Softmax {
  /** Room for classes in the tables; a power of two. */
  room: number
  weight: Float32Array
  square: Float32Array
}

const size = 1 << tableBits
const epsilon = 0.1
/** Classes that are this nearly right are left alone. */
const leastError = 0.003
const moving = new Int32Array(64)
const errors = new Float64Array(64)

export const startSoftmax = (): Softmax => ({
  room: 2,
  weight: new Float32Array(size * 2),
  square: new Float32Array(size * 2),
})

/** Makes room for `classes`; what was learned stays. */
export function growSoftmax(model: Softmax, classes: number): void {
  if (classes <= model.room) return
  let room = model.room
  while (room < classes) room *= 2
  model.weight = widen(model.weight, model.room, room)
  model.square = widen(model.square, model.room, room)
  model.room = room
}

function widen(table: Float32Array, from: number, to: number): Float32Array {
  const wide = new Float32Array(size * to)
  for (let j = 0; j < size; j++) for (let k = 0; k < from; k++) wide[j * to + k] = table[j * from + k] as number
  return wide
}

/** Writes the class probabilities of a row into `p[0 … classes)`. */
export function predictSoftmax(model: Softmax, row: Active, classes: number, p: Float64Array): void {
  const { weight, room } = model
  for (let k = 0; k < classes; k++) p[k] = 0
  for (let i = 0; i < row.count; i++) {
    const at = (row.index[i] as number) * room
    const x = row.value[i] as number
    for (let k = 0; k < classes; k++) p[k] = (p[k] as number) + x * (weight[at + k] as number)
  }
  normalise(p, classes)
}

/** Turns log weights into probabilities, in place. */
export function normalise(p: Float64Array, classes: number): void {
  let most = -1e300
  for (let k = 0; k < classes; k++) if ((p[k] as number) > most) most = p[k] as number
  let sum = 0
  for (let k = 0; k < classes; k++) {
    const e = Math.exp((p[k] as number) - most)
    p[k] = e
    sum += e
  }
  for (let k = 0; k < classes; k++) p[k] = (p[k] as number) / sum
}

/** One step towards label `y`, from the probabilities that `predictSoftmax` gave for the row. */
export function learnSoftmax(model: Softmax, row: Active, classes: number, y: number, p: Float64Array, rate: number) {
  const { weight, square, room } = model
  let moved = 0
  for (let k = 0; k < classes; k++) {
    const error = (p[k] as number) - (k === y ? 1 : 0)
    if (Math.abs(error) < leastError) continue
    moving[moved] = k
    errors[moved++] = error
  }
  if (moved === 0) return
  for (let i = 0; i < row.count; i++) {
    const at = (row.index[i] as number) * room
    const x = row.value[i] as number
    for (let m = 0; m < moved; m++) {
      const k = moving[m] as number
      const g = (errors[m] as number) * x
      const total = (square[at + k] as number) + g * g
      square[at + k] = total
      weight[at + k] = (weight[at + k] as number) - (rate * g) / Math.sqrt(total + epsilon)
    }
  }
}
