import { spread } from '@/lib/learn/inputs/hash'
import type { Active } from '@/lib/learn/inputs/inputs'

/**
 * Whose row was like this one: of the row's inputs the least in each of eight parts (one-permutation MinHash), looked up among the last 4,096 rows; and
 * of an embedding the side of each axis on which its point lies. Source: Li, Owen & Zhang 2012; Charikar 2002.
 */
export interface Alike {
  rows: number
  minima: Int32Array
  buckets: Int32Array
  /** Origin of each row kept. */
  origins: string[]
  /** Last row on each side of all axes: its number + 1. */
  sides: Float64Array
}

export const parts = 8
const kept = 4096
const tables = 4
const bucketsEach = 8192
/** Parts that two rows share at least to count as copies: a resemblance of about .75. */
const alike = 6
const axes = 12

export const startAlike = (): Alike => ({
  rows: 0,
  minima: new Int32Array(0),
  buckets: new Int32Array(0),
  origins: [],
  sides: new Float64Array(0),
})

const minima = new Int32Array(parts)

/** Of columns only what is there or not: every row has the inputs that carry a number. */
function minimaOf({ count, index, value }: Active, isText: boolean): void {
  minima.fill(-1)
  for (let i = 0; i < count; i++) {
    if (!isText && value[i] !== 1) continue
    const h = Math.imul((index[i] as number) + 1, 0x9e3779b1) >>> 0
    const part = h >>> 29
    const rank = (h >>> 1) & 0x0fffffff
    if (minima[part] === -1 || rank < (minima[part] as number)) minima[part] = rank
  }
}

const bucketOf = (t: number) =>
  t * bucketsEach +
  (spread(Math.imul(minima[2 * t] as number, 0x85ebca6b) ^ (minima[2 * t + 1] as number) ^ t) & (bucketsEach - 1))

/** Takes the next row. @returns the origin of the row among those kept that is nearly the same; null: none is. */
export function twinOf(of: Alike, active: Active, isText: boolean, origin: string): string | null {
  if (of.rows === 0) {
    of.minima = new Int32Array(kept * parts)
    of.buckets = new Int32Array(tables * bucketsEach)
  }
  minimaOf(active, isText)
  let best = -1
  let most = alike - 1
  for (let t = 0; t < tables; t++) {
    const bucket = bucketOf(t)
    const row = (of.buckets[bucket] as number) - 1
    of.buckets[bucket] = of.rows + 1
    if (row < 0 || row <= of.rows - kept || row === best) continue
    const o = (row % kept) * parts
    let same = 0
    for (let p = 0; p < parts; p++) if (of.minima[o + p] === minima[p] && minima[p] !== -1) same++
    if (same <= most) continue
    most = same
    best = row
  }
  const twin = best < 0 ? null : (of.origins[best % kept] ?? null)
  of.minima.set(minima, (of.rows % kept) * parts)
  of.origins[of.rows % kept] = origin
  of.rows++
  return twin
}

/** As `twinOf`, called after it: the origin of the last row on the same side of every axis, and how many rows ago it came; null: none, or long ago. */
export function neighbourOf(of: Alike, point: Float32Array): { origin: string; ago: number } | null {
  if (of.sides.length === 0) of.sides = new Float64Array(1 << axes)
  let side = 0
  for (let d = 0; d < axes; d++) if ((point[d] as number) > 0) side |= 1 << d
  const row = (of.sides[side] as number) - 1
  of.sides[side] = of.rows
  if (row < 0 || row <= of.rows - kept) return null
  const origin = of.origins[row % kept]
  return origin === undefined ? null : { origin, ago: of.rows - 1 - row }
}
