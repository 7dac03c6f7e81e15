/**
 * Where a node of the tree is cut.
 */

export interface TreeRows {
  readonly n: number
  readonly width: number
  /** Bytes of row i and column c: at(i) + c. */
  readonly bytes: Uint8Array
  at(i: number): number
  /** `targets` values a row: one for a number, one a class for classes. */
  readonly targets: number
  readonly y: Float64Array
}
export const levels = 32
const noiseTimes = 12
export function bestSplit(
  rows: TreeRows,
  ranked: Uint8Array,
  members: Int32Array,
  least: number,
): { column: number; cut: number } | null {
  const { width, targets: k, y } = rows
  const m = members.length
  const total = new Float64Array(k)
  let squares = 0
  for (const i of members) {
    for (let j = 0; j < k; j++) {
      const value = y[i * k + j] as number
      total[j] = (total[j] as number) + value
      squares += value * value
    }
  }
  const whole = square(total) / m
  let best = (noiseTimes * (squares - whole)) / m
  let found: { column: number; cut: number } | null = null
  const count = new Float64Array(levels)
  const sum = new Float64Array(levels * k)
  const left = new Float64Array(k)
  for (let column = 0; column < width; column++) {
    count.fill(0)
    sum.fill(0)
    for (const i of members) {
      const rank = ranked[i * width + column] as number
      count[rank] = (count[rank] as number) + 1
      for (let j = 0; j < k; j++) sum[rank * k + j] = (sum[rank * k + j] as number) + (y[i * k + j] as number)
    }
    left.fill(0)
    let before = 0
    for (let rank = 0; rank < levels - 1; rank++) {
      if (count[rank] === 0) continue
      before += count[rank] as number
      let a = 0
      let b = 0
      for (let j = 0; j < k; j++) {
        const l = (left[j] as number) + (sum[rank * k + j] as number)
        left[j] = l
        a += l * l
        b += ((total[j] as number) - l) ** 2
      }
      if (before < least || m - before < least) continue
      const gain = a / before + b / (m - before) - whole
      if (gain > best) {
        best = gain
        found = { column, cut: rank }
      }
    }
  }
  return found
}
/** The cut nearest to half of the rows. */
export function halved(
  ranked: Uint8Array,
  width: number,
  members: Int32Array,
  column: number,
  least: number,
): { column: number; cut: number } | null {
  const count = new Float64Array(levels)
  for (const i of members) {
    const rank = ranked[i * width + column] as number
    count[rank] = (count[rank] as number) + 1
  }
  let found: { column: number; cut: number } | null = null
  let before = 0
  let nearest = Number.POSITIVE_INFINITY
  for (let rank = 0; rank < levels - 1; rank++) {
    before += count[rank] as number
    const off = Math.abs(before - members.length / 2)
    if (before < least || members.length - before < least || off >= nearest) continue
    nearest = off
    found = { column, cut: rank }
  }
  return found
}
function square(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value * value
  return sum
}
