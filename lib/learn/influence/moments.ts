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
/** The held rows in double precision, used columns alone, one behind the other. */
const wide = new Float64Array(width * block)

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
    let any = 0
    for (let r = 0; r < rows; r++) {
      const x = held[c * block + r] as number
      wide[n * block + r] = x
      if (x !== 0) any = 1
    }
    if (any === 1) used[n++] = c
  }
  for (let i = 0; i < n; i += 2) {
    const both = i + 1 < n
    const c = used[i] as number
    const own = i * block
    // Where row c of the triangle begins, less c; and row c + 1's.
    const row = rowOf(c)
    a[row + c] = (a[row + c] as number) + sign * product(own, own, rows)
    if (both) {
      const c1 = used[i + 1] as number
      const row1 = rowOf(c1)
      a[row + c1] = (a[row + c1] as number) + sign * product(own, own + block, rows)
      a[row1 + c1] = (a[row1 + c1] as number) + sign * product(own + block, own + block, rows)
      let j = i + 2
      // Two columns by three at a time: each number is fetched for two or three sums, each sum goes in the order of its rows.
      for (; j + 2 < n; j += 3) {
        const at = j * block
        let s0 = 0
        let s1 = 0
        let s2 = 0
        let t0 = 0
        let t1 = 0
        let t2 = 0
        for (let r = 0; r < rows; r++) {
          const x = wide[own + r] as number
          const z = wide[own + block + r] as number
          const y0 = wide[at + r] as number
          const y1 = wide[at + block + r] as number
          const y2 = wide[at + 2 * block + r] as number
          s0 += x * y0
          t0 += z * y0
          s1 += x * y1
          t1 += z * y1
          s2 += x * y2
          t2 += z * y2
        }
        const d0 = used[j] as number
        const d1 = used[j + 1] as number
        const d2 = used[j + 2] as number
        a[row + d0] = (a[row + d0] as number) + sign * s0
        a[row + d1] = (a[row + d1] as number) + sign * s1
        a[row + d2] = (a[row + d2] as number) + sign * s2
        a[row1 + d0] = (a[row1 + d0] as number) + sign * t0
        a[row1 + d1] = (a[row1 + d1] as number) + sign * t1
        a[row1 + d2] = (a[row1 + d2] as number) + sign * t2
      }
      for (; j < n; j++) {
        const d = used[j] as number
        a[row + d] = (a[row + d] as number) + sign * product(own, j * block, rows)
        a[row1 + d] = (a[row1 + d] as number) + sign * product(own + block, j * block, rows)
      }
    }
    for (let q = i; q < n && q < i + 2; q++)
      for (let k = 0; k < outputs; k++) {
        const from = k * block
        const mine = q * block
        const cell = (used[q] as number) * outputs + k
        let sum = 0
        for (let r = 0; r < rows; r++) sum += (wide[mine + r] as number) * (heldTargets[from + r] as number)
        b[cell] = (b[cell] as number) + sign * sum
      }
  }
}

const rowOf = (c: number) => c * width - (c * (c + 1)) / 2

function product(i: number, j: number, rows: number): number {
  let sum = 0
  for (let r = 0; r < rows; r++) sum += (wide[i + r] as number) * (wide[j + r] as number)
  return sum
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
