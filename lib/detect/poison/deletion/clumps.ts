import type { TrainingData } from '@/lib/event/types'
import { hashInt, hashStart, hashText } from '@/lib/learn/inputs/hash'

/**
 * Several answers to one item come near one another, and share whatever the item is: rows in clumps. Where items come once, in clumps of m₁, m₂ …
 * rows, a count varies Σm² / Σm times as much as of independent rows (the design effect). Of 2,048 rows an item that came in the 2,048 before makes no
 * clump: it was there all along.
 * Source: Kish 1965, Survey Sampling.
 *
 * @example  every text comes three times in a row, and never again → 3.
 */
export interface Clumps {
  rows: number
  /** Hashes of what was asked of the last 4,096 rows, in a ring. */
  ring: Int32Array
  /** Of the last 2,048 rows that ended. */
  effect: number
}

const blockRows = 2048
const kept = 2 * blockRows
const headLength = 48
const tailLength = 16

export const startClumps = (): Clumps => ({ rows: 0, ring: new Int32Array(0), effect: 1 })

export function addToClumps(clumps: Clumps, data: TrainingData): void {
  if (clumps.rows === 0) clumps.ring = new Int32Array(kept)
  clumps.ring[clumps.rows % kept] = itemOf(data, clumps.rows)
  clumps.rows++
  if (clumps.rows % blockRows === 0) clumps.effect = effectOf(clumps)
}

function effectOf({ rows, ring }: Clumps): number {
  const before = new Set<number>()
  if (rows >= kept) for (let row = rows - kept; row < rows - blockRows; row++) before.add(ring[row % kept] as number)
  const counts = new Map<number, number>()
  for (let row = rows - blockRows; row < rows; row++) {
    const item = ring[row % kept] as number
    counts.set(item, (counts.get(item) ?? 0) + 1)
  }
  let squares = 0
  for (const [item, n] of counts) squares += before.has(item) ? n : n * n
  return squares / blockRows
}

/** A text by its length, beginning and end; of other rows the features, where people answer them; else each row is its own. */
function itemOf({ text, features, labeler }: TrainingData, row: number): number {
  if (text !== undefined && text !== '') {
    const head = hashText(hashStart, text, 0, Math.min(headLength, text.length))
    return hashInt(hashText(head, text, Math.max(headLength, text.length - tailLength), text.length), text.length) | 0
  }
  if (labeler === undefined) return hashInt(0x51ed270b, row) | 0
  let hash = hashStart
  for (const name in features) hash = hashText(hash, String(features[name]))
  return hash | 0
}
