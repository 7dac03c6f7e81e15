import { isNew, isYoung, type Voices } from './injection/voices'

/**
 * Rows of newcomers where newcomers are more than usual: for the suspicion of a row at its arrival, before any detector knows why they came. Accounts made
 * for an attack send little else than the attack, whatever their rows look like.
 *
 * Formula  ½·max(0, (late − 2·usual) / late), of a row of somebody first seen less than 3,000 rows ago: late, their share of some 200 rows; usual, of all before
 *          with a memory of 8,192, at first of the first 1,000 rows. The part of them that is too many, and half believed: honest newcomers come too.
 */
export interface Newcomers extends Pick<Voices, 'rows' | 'first' | 'old'> {
  usual: number
  late: number
}

/** Rows that say what is usual, and from which on newcomers are held against it. */
const firstRows = 1000
/** Somebody of the first rows is not new. */
const veryFirstRows = 300
const lateMemory = 200
const usualMemory = 8192
const usualTimes = 2
/** What it says at most: no more than a label that nobody expects. */
const most = 0.5

export const startNewcomers = (): Newcomers => ({ rows: 0, first: new Map(), old: new Set(), usual: 0, late: 0 })

/** Takes the next row in. @param voice `numberOf` its origin. @returns what speaks against it because its origin is new. */
export function suspicionOfNewcomer(newcomers: Newcomers, voice: number): number {
  const young = isYoung(newcomers, voice)
  const share = isNew(newcomers, voice, young) ? 1 : 0
  const { rows, usual, late } = newcomers
  newcomers.rows++
  if (rows < firstRows) {
    if (rows >= veryFirstRows) newcomers.usual += (share - usual) / (rows - veryFirstRows + 1)
    return 0
  }
  newcomers.usual += (share - usual) / usualMemory
  newcomers.late += (share - late) / lateMemory
  return young && late > 0 ? most * Math.max(0, (late - usualTimes * usual) / late) : 0
}
