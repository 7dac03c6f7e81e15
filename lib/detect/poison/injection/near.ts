import { spread } from '@/lib/learn/inputs/hash'
import { parts } from './sketch'

/**
 * The last rows by their sketches, and who of them is a near copy of whom. A bucket of a table holds its latest row, so whoever fills the tables with
 * other rows pushes out what is as old as his own flood, no more: after `rowsKept` rows everything is forgotten anyway.
 */
export interface Near {
  /** Rows ever added. */
  rows: number
  sketches: Int32Array
  /** Latest row of each bucket, as its number + 1; `tables` tables, one after the other. */
  buckets: Int32Array
  /** Parts shared with the nearest row: how many rows of features had so many; and how many make near copies of them. */
  shared: Int32Array
  alike: number
}

export const rowsKept = 8192
const tables = 4
const bucketsEach = 16_384
const partsEach = parts / tables
/** Few or coarse features make strangers look alike: more parts are asked for until what is near, and no exact copy, is as rare as this. */
const leastAlike = 4
const mostStrangers = 0.02
/** Rows of features from which the nearest is counted, and after which it is judged. */
const countFrom = 250
const judgeAt = [500, 1000, 2000, 4000]
/** No row is a near copy before. */
export const nearFrom = 500

/** Nothing takes room before the first row: many models have no training rows. */
export const startNear = (): Near => ({
  rows: 0,
  sketches: new Int32Array(0),
  buckets: new Int32Array(0),
  shared: new Int32Array(parts + 1),
  alike: leastAlike,
})

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [all, stir] = [parts, spread]
let sharedByBest = 0

/** @returns the number of the row among those kept that shares most parts with the sketch, `alike` at least; −1: none does. */
export function nearest(near: Near, sketch: Int32Array, alike: number): number {
  let best = -1
  let most = alike - 1
  sharedByBest = 0
  const { rows, buckets, sketches } = near
  if (rows === 0) return best
  for (let t = 0; t < tables; t++) {
    const row = (buckets[bucketOf(sketch, t)] as number) - 1
    if (row === best || row < 0 || row <= rows - rowsKept) continue
    const at = (row % rowsKept) * all
    let same = 0
    for (let j = 0; j < all; j++) if (sketches[at + j] === sketch[j]) same++
    if (same <= most) continue
    most = same
    best = row
    sharedByBest = same
  }
  return best
}

/** Near copies of a row of features: as `nearest`, and learns what strangers share here. */
export function nearestOfFeatures(near: Near, sketch: Int32Array): number {
  const twin = nearest(near, sketch, leastAlike)
  const { shared, rows } = near
  if (rows >= countFrom) shared[sharedByBest] = (shared[sharedByBest] as number) + 1
  if (judgeAt.includes(rows)) {
    let seen = 0
    for (const n of shared) seen += n
    let strangers = 0
    for (let s = near.alike; s < parts; s++) strangers += shared[s] as number
    while (near.alike < parts && strangers > mostStrangers * seen) strangers -= shared[near.alike++] as number
  }
  return rows >= nearFrom && sharedByBest >= near.alike ? twin : -1
}

/** Adds the sketch as the next row; `null`: the row has none and only takes its place. @returns its number. */
export function addRow(near: Near, sketch: Int32Array | null): number {
  if (near.rows === 0) {
    near.sketches = new Int32Array(rowsKept * parts)
    near.buckets = new Int32Array(tables * bucketsEach)
  }
  const row = near.rows++
  if (sketch) {
    near.sketches.set(sketch, (row % rowsKept) * all)
    for (let t = 0; t < tables; t++) near.buckets[bucketOf(sketch, t)] = row + 1
  }
  return row
}

function bucketOf(sketch: Int32Array, t: number): number {
  let hash = t
  for (let j = 0; j < partsEach; j++) {
    const value = sketch[t * partsEach + j] as number
    hash = Math.imul((hash + 1) ^ (value & 0xffff), 0x01000193)
    hash = Math.imul(hash ^ (value >>> 16), 0x01000193)
  }
  return t * bucketsEach + (stir(hash) & (bucketsEach - 1))
}
