import { width } from './compact'

/**
 * Sums over rows that decide a least-squares learner: A = Σ x xᵀ (upper triangle, row by row), B = Σ x yᵀ. They add and subtract, so a source's rows
 * can be taken out exactly.
 */
export interface Moments {
  rows: number
  a: Float32Array
  /** `outputs` numbers a column. */
  b: Float32Array
  /** Latest rows, not in the sums yet: column by column, and their targets. `flushRows` takes them in, `addMoments` counts them. */
  held: Float32Array
  heldTargets: Float32Array
  heldRows: number
}

export const triangle = (width * (width + 1)) / 2
/** Rows that are taken in at once: the sums are then read and written once for all of them. */
const block = 16

export const startMoments = (outputs: number): Moments => ({
  rows: 0,
  a: new Float32Array(triangle),
  b: new Float32Array(width * outputs),
  held: new Float32Array(0),
  heldTargets: new Float32Array(0),
  heldRows: 0,
})

/** Takes a row in. @param y its targets. @param count how many rows it stands for; its numbers are weighted already. */
export function addRow(moments: Moments, x: Float64Array, y: Float64Array, outputs: number, count = 1): void {
  if (moments.held.length === 0) moments.held = new Float32Array(width * block)
  if (moments.heldTargets.length !== outputs * block) moments.heldTargets = new Float32Array(outputs * block)
  const { held, heldTargets, heldRows } = moments
  for (let c = 0; c < width; c++) held[c * block + heldRows] = x[c] as number
  for (let k = 0; k < outputs; k++) heldTargets[k * block + heldRows] = y[k] as number
  moments.rows += count
  moments.heldRows++
  if (moments.heldRows === block) flushRows(moments)
}

const used = new Int32Array(width)
const own = new Float64Array(block)

/** Takes the held rows into the sums. */
export function flushRows(moments: Moments): void {
  addHeld(moments, moments, 1)
  moments.heldRows = 0
}

function addHeld(
  { a, b }: { a: Float32Array | Float64Array; b: Float32Array | Float64Array },
  { held, heldTargets, heldRows: rows }: Moments,
  sign: number,
): void {
  if (rows === 0) return
  const outputs = b.length / width
  let n = 0
  for (let c = 0; c < width; c++) {
    for (let r = 0; r < rows; r++)
      if (held[c * block + r] !== 0) {
        used[n++] = c
        break
      }
  }
  for (let i = 0; i < n; i++) {
    const c = used[i] as number
    for (let r = 0; r < rows; r++) own[r] = sign * (held[c * block + r] as number)
    // Where row c of the triangle begins, less c.
    const row = c * width - (c * (c + 1)) / 2
    for (let j = i; j < n; j++) {
      const d = used[j] as number
      const from = d * block
      let sum = 0
      for (let r = 0; r < rows; r++) sum += (own[r] as number) * (held[from + r] as number)
      a[row + d] = (a[row + d] as number) + sum
    }
    for (let k = 0; k < outputs; k++) {
      const from = k * block
      let sum = 0
      for (let r = 0; r < rows; r++) sum += (own[r] as number) * (heldTargets[from + r] as number)
      b[c * outputs + k] = (b[c * outputs + k] as number) + sum
    }
  }
}

/** Adds all of `from` to `into`, and leaves `from` as it is: who asks must not change what is learned. Sums of sums are kept in double precision by whoever makes them. */
export function addMoments(
  into: { rows: number; a: Float32Array | Float64Array; b: Float32Array | Float64Array },
  from: Moments,
  sign = 1,
): void {
  into.rows += sign * from.rows
  for (let i = 0; i < triangle; i++) into.a[i] = (into.a[i] as number) + sign * (from.a[i] as number)
  for (let i = 0; i < from.b.length; i++) into.b[i] = (into.b[i] as number) + sign * (from.b[i] as number)
  addHeld(into, from, sign)
}
