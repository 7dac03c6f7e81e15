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

/** Ten bits of the spread key that its cell does not say; never all zero, for an empty cell is 0. */
const checkBits = 0x3ff

/** @param hash the pattern's key, spread. @returns the label with which it was last surprising, or `noMark`. */
export function markOf(marks: Marks, hash: number): number {
  const cell = marks[hash >>> (32 - markBits)] as number
  if (cell === 0 || cell >>> labelBits !== ((hash & checkBits) | 1)) return noMark
  return cell & ((1 << labelBits) - 1)
}

/** @param label 0 … 63. */
export function mark(marks: Marks, hash: number, label: number): void {
  marks[hash >>> (32 - markBits)] = (((hash & checkBits) | 1) << labelBits) | label
}
