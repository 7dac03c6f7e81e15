import { type Inputs, tableBits } from '@/lib/learn/inputs/encode'

/**
 * Softmax regression over hashed inputs, one AdaGrad step a row.
 *
 * Update  w_jk ← w_jk − η·g_jk/√(G_j + ε),  g_jk = (p_k − [y = k])·x_j,  G_j ← G_j + Σ_k g_jk² / max(2, .4 K): the classes of an input share
 *         one rate. That takes half the memory and a third of the time, and on texts of 20 classes is better than a rate each.
 * Two     classes have one weight an input: that of class 1. Class 0 has its negative, as both would come to by the update above.
 * Source  Duchi, Hazan & Singer 2011, JMLR 12; hashing: Weinberger et al. 2009.
 * Memory  65,536 inputs × (weights + 1) × 4 bytes: half a MB for two classes, 6.6 MB for 20.
 */
export interface Softmax {
  /** Weights of an input: 1 for two classes, from there on room for classes. */
  room: number
  /** Of each input its weights, then its G: what is read together lies together. */
  table: Float32Array
}

const size = 1 << tableBits
const epsilon = 0.1
/** Classes that are this nearly right are left alone. */
const leastError = 0.003
const leastErrorOfMany = 0.01
const manyClasses = 8
const moving = new Int32Array(64)
const errors = new Float64Array(64)

/** Without a table, which many models never need: `growSoftmax` makes one before the first row. */
export const startSoftmax = (): Softmax => ({ room: 1, table: new Float32Array(0) })

/** Makes room for `classes`; what was learned stays. Before the first row, and wherever there may be a new class. */
export function growSoftmax(model: Softmax, classes: number): void {
  if (model.table.length === 0) model.table = new Float32Array(size * 2)
  if (classes <= Math.max(2, model.room)) return
  const { room: before, table } = model
  let room = 4
  while (room < classes) room += room < 8 ? 4 : 8
  const stride = room + 1
  const wide = new Float32Array(size * stride)
  for (let j = 0; j < size; j++) {
    const from = j * (before + 1)
    const to = j * stride
    if (before === 1) {
      wide[to] = -(table[from] as number)
      wide[to + 1] = table[from] as number
    } else for (let k = 0; k < before; k++) wide[to + k] = table[from + k] as number
    wide[to + room] = table[from + before] as number
  }
  model.room = room
  model.table = wide
}

/** Writes the class probabilities of a row into `p[0 … classes)`. */
export function predictSoftmax(model: Softmax, row: Inputs, classes: number, p: Float64Array): void {
  const { table, room } = model
  const { count, index, value } = row
  if (room === 1) {
    let z = 0
    for (let i = 0; i < count; i++) z += (value[i] as number) * (table[(index[i] as number) * 2] as number)
    const e = Math.exp(-2 * Math.abs(z))
    p[0] = classes < 2 ? 1 : (z > 0 ? e : 1) / (1 + e)
    if (classes >= 2) p[1] = (z > 0 ? 1 : e) / (1 + e)
    return
  }
  for (let k = 0; k < classes; k++) p[k] = 0
  const stride = room + 1
  let i = 0
  // Four inputs at a time: the sums are fetched and put back a quarter as often.
  for (; i + 3 < count; i += 4) {
    const a = (index[i] as number) * stride
    const b = (index[i + 1] as number) * stride
    const c = (index[i + 2] as number) * stride
    const d = (index[i + 3] as number) * stride
    const xa = value[i] as number
    const xb = value[i + 1] as number
    const xc = value[i + 2] as number
    const xd = value[i + 3] as number
    for (let k = 0; k < classes; k++)
      p[k] =
        (p[k] as number) +
        xa * (table[a + k] as number) +
        xb * (table[b + k] as number) +
        xc * (table[c + k] as number) +
        xd * (table[d + k] as number)
  }
  for (; i < count; i++) {
    const at = (index[i] as number) * stride
    const x = value[i] as number
    for (let k = 0; k < classes; k++) p[k] = (p[k] as number) + x * (table[at + k] as number)
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
export function learnSoftmax(model: Softmax, row: Inputs, classes: number, y: number, p: Float64Array, rate: number) {
  if (model.room === 1) {
    if (classes === 2) learnTwo(model.table, row, (p[1] as number) - y, rate)
    return
  }
  const { table, room } = model
  const { count, index, value } = row
  let moved = 0
  let squares = 0
  const least = classes > manyClasses ? leastErrorOfMany : leastError
  for (let k = 0; k < classes; k++) {
    const error = (p[k] as number) - (k === y ? 1 : 0)
    if (Math.abs(error) < least) continue
    moving[moved] = k
    errors[moved++] = error
    squares += error * error
  }
  if (moved === 0) return
  squares /= Math.max(2, 0.4 * classes)
  const stride = room + 1
  for (let i = 0; i < count; i++) {
    const at = (index[i] as number) * stride
    const x = value[i] as number
    const total = (table[at + room] as number) + squares * x * x
    table[at + room] = total
    const step = (rate * x) / Math.sqrt(total + epsilon)
    for (let m = 0; m < moved; m++) {
      const k = at + (moving[m] as number)
      table[k] = (table[k] as number) - step * (errors[m] as number)
    }
  }
}

function learnTwo(table: Float32Array, row: Inputs, error: number, rate: number): void {
  if (Math.abs(error) < leastError) return
  const { count, index, value } = row
  for (let i = 0; i < count; i++) {
    const at = (index[i] as number) * 2
    const g = error * (value[i] as number)
    const total = (table[at + 1] as number) + g * g
    table[at + 1] = total
    table[at] = (table[at] as number) - (rate * g) / Math.sqrt(total + epsilon)
  }
}
