import type { Inputs } from '@/lib/learn/inputs/encode'
import { hashInt, spread } from '@/lib/learn/inputs/hash'

/** Admitted rows of the recent past, learned again now and then, so that the learner is good early. Bounded: 2,048 rows of at most 512 inputs. */
export interface Rehearsal {
  rows: Kept[]
  next: number
  drawn: number
}

export interface Kept extends Inputs {
  y: number
  /** Of a regression row its target (./regressor.ts); else 0. */
  target: number
  /** Place in the order of learning. */
  serial: number
  origin: string
  labeler: string | null
}

const mostRows = 2048
const mostInputs = 512

export const startRehearsal = (): Rehearsal => ({ rows: [], next: 0, drawn: 0 })

/** Keeps a row in place of the oldest. @returns it, its target and serial yet to be said. */
export function keepRow(rehearsal: Rehearsal, row: Inputs, y: number, origin: string, labeler: string | null): Kept {
  const { rows, next } = rehearsal
  const count = Math.min(mostInputs, row.count)
  const before = rows.length < mostRows ? undefined : rows[next]
  if (before && before.index.length >= count) {
    // In the arrays of the row whose place it takes: making new ones costs more than learning the row.
    before.count = count
    before.y = y
    before.origin = origin
    before.labeler = labeler
    const { index, value } = before
    for (let i = 0; i < count; i++) {
      index[i] = row.index[i] as number
      value[i] = row.value[i] as number
    }
  } else
    rows[next] = {
      count,
      index: row.index.slice(0, count),
      value: row.value.slice(0, count),
      y,
      target: 0,
      serial: 0,
      origin,
      labeler,
    }
  rehearsal.next = (next + 1) % mostRows
  return rows[next] as Kept
}

/** @returns a kept row; null when there is none. Which one is a hash of a counter: the same in every run. */
export function drawRow(rehearsal: Rehearsal): Kept | null {
  const { rows } = rehearsal
  if (rows.length === 0) return null
  return rows[spread(hashInt(0x51ed270b, rehearsal.drawn++)) % rows.length] as Kept
}

/** Rows that are no longer believed are not learned again. */
export function dropRows(rehearsal: Rehearsal, untrusted: (row: Kept) => boolean): void {
  rehearsal.rows = rehearsal.rows.filter((row) => !untrusted(row))
  rehearsal.next = rehearsal.rows.length % mostRows
}
