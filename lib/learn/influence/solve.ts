import { width } from './compact'
import { triangle } from './moments'

/** Rows that the ridge stands for: it decides where there are no rows, and nothing where there are many. */
const ridge = 1

/** A + λI = L Lᵀ; L takes the place of the upper triangle, as its transpose. @returns false when that cannot be done (NaN among the sums). */
export function factor(a: Float64Array, into: Float64Array): boolean {
  into.set(a.subarray(0, triangle))
  for (let c = 0; c < width; c++) {
    const row = c * width - (c * (c + 1)) / 2
    const pivot = (into[row + c] as number) + (c === 0 ? 1e-6 : ridge)
    if (!(pivot > 0)) return false
    const root = Math.sqrt(pivot)
    into[row + c] = root
    for (let d = c + 1; d < width; d++) into[row + d] = (into[row + d] as number) / root
    for (let e = c + 1; e < width; e++) {
      const factor = into[row + e] as number
      if (factor === 0) continue
      const below = e * width - (e * (e + 1)) / 2
      for (let d = e; d < width; d++) into[below + d] = (into[below + d] as number) - factor * (into[row + d] as number)
    }
  }
  return true
}

/** Solves (A + λI) w = b in place for `outputs` right sides, column by column of x, from `factor`'s triangle. */
export function solve(l: Float64Array, b: Float64Array, outputs: number): void {
  for (let c = 0; c < width; c++) {
    const row = c * width - (c * (c + 1)) / 2
    const pivot = l[row + c] as number
    for (let k = 0; k < outputs; k++) b[c * outputs + k] = (b[c * outputs + k] as number) / pivot
    for (let d = c + 1; d < width; d++) {
      const v = l[row + d] as number
      if (v === 0) continue
      for (let k = 0; k < outputs; k++)
        b[d * outputs + k] = (b[d * outputs + k] as number) - v * (b[c * outputs + k] as number)
    }
  }
  for (let c = width - 1; c >= 0; c--) {
    const row = c * width - (c * (c + 1)) / 2
    for (let d = c + 1; d < width; d++) {
      const v = l[row + d] as number
      if (v === 0) continue
      for (let k = 0; k < outputs; k++)
        b[c * outputs + k] = (b[c * outputs + k] as number) - v * (b[d * outputs + k] as number)
    }
    const pivot = l[row + c] as number
    for (let k = 0; k < outputs; k++) b[c * outputs + k] = (b[c * outputs + k] as number) / pivot
  }
}
