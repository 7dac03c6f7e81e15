import { hashInt, spread } from '@/lib/learn/hash'

/**
 * Which patterns have stood on a surprising row once, and with which label: only at the second sight a pattern is worth a unit. 262,144 cells of two
 * bytes, each for one pattern: a newer one takes an older one's cell. Nothing is lost by that but a first sight.
 */
export type Marks = Uint16Array

const markBits = 18
const labelBits = 6
/** A row may take so many cells: a long text cannot wipe the table. */
export const mostMarksPerRow = 512

export const startMarks = (): Marks => new Uint16Array(1 << markBits)
export const noMark = -1

const cellOf = (key: number) => spread(key) >>> (32 - markBits)
/** Ten bits of the key that its cell does not say; never all zero with label 0, for an empty cell is 0. */
const checkOf = (key: number) => (spread(hashInt(0x5bd1e995, key)) >>> 22) | 1

/** @returns the label with which the pattern was last surprising, or `noMark`. */
export function markOf(marks: Marks, key: number): number {
  const cell = marks[cellOf(key)] as number
  if (cell === 0 || cell >>> labelBits !== checkOf(key)) return noMark
  return cell & ((1 << labelBits) - 1)
}

/** @param label 0 … 63. */
export function mark(marks: Marks, key: number, label: number): void {
  marks[cellOf(key)] = (checkOf(key) << labelBits) | label
}
