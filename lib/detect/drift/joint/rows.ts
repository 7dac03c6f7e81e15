import { rowWords } from '@/lib/detect/drift/joint/codes'
import {
  bagRows,
  type CodeRows,
  heldRows,
  type JointState,
  reserveRows,
  startCodeRows,
  studiedRows,
} from '@/lib/detect/drift/joint/state'
import { addStudied } from '@/lib/detect/drift/joint/study'
import { uniformFrom } from '@/lib/stats/hash-uniform'

/**
 * What becomes of a row, decided by its number alone: half are tested, three in ten are studied, the rest put by. What is studied chooses the bets, what
 * is tested pays them: so a bet never knows the rows it is laid on, nor those they are ranked among.
 */
export type Part = 'tested' | 'studied' | 'kept'
export function partOf(row: number): Part {
  const u = uniformFrom(0x6a09e667, row)
  return u < 0.5 ? 'tested' : u < 0.8 ? 'studied' : 'kept'
}

/** Puts the row in `rowWords` into a slot. */
export function putRow(rows: CodeRows, slot: number): void {
  rows.words[2 * slot] = rowWords[0] as number
  rows.words[2 * slot + 1] = rowWords[1] as number
  rows.count++
}

/** A studied row enters the block that fills. @returns whether that is full. */
export function holdStudied(state: JointState): boolean {
  const { studied } = state
  // A sample of all of them: once it is full, the n-th takes a place with probability (its size) / n.
  const slot =
    studied.count < studiedRows ? studied.count : Math.floor(studied.count * uniformFrom(0x1f83d9ab, studied.count))
  if (slot < studiedRows) putRow(studied, slot)
  else studied.count++
  return addStudied(state.study, rowWords, 0)
}

/** A tested row joins the bag; a bag that is full makes room for one of rows put by, which nothing was ever ranked among. @returns whether it did so. */
export function holdTested(state: JointState, row: number): boolean {
  const slot = state.tested.count % heldRows
  state.testedRows[slot] = row
  putRow(state.tested, slot)
  if (state.tested.count - state.bagFrom < bagRows) return false
  renewBag(state)
  return true
}

export function renewBag(state: JointState): void {
  state.base = state.reserve
  state.reserve = startCodeRows(reserveRows)
  state.bagFrom = state.tested.count
}

export function putBy(state: JointState): void {
  if (state.reserve.count < reserveRows) putRow(state.reserve, state.reserve.count)
}
