import type { Active } from './encode'
import { hashInt, spread } from './hash'

/** Admitted rows of the recent past, learned again now and then, so that the learner is good early. Bounded: 2,048 rows of at most 512 inputs. */
export interface Rehearsal {
  rows: Kept[]
  next: number
  drawn: number
}

interface Kept {
  index: Int32Array
  value: Float32Array
  y: number
  origin: string
}

const mostRows = 2048
const mostInputs = 512

export const startRehearsal = (): Rehearsal => ({ rows: [], next: 0, drawn: 0 })

export function keepRow(rehearsal: Rehearsal, row: Active, y: number, origin: string): void {
  const count = Math.min(mostInputs, row.count)
  const kept = {
    index: row.index.slice(0, count),
    value: Float32Array.from(row.value.subarray(0, count)),
    y,
    origin,
  }
  if (rehearsal.rows.length < mostRows) rehearsal.rows.push(kept)
  else rehearsal.rows[rehearsal.next] = kept
  rehearsal.next = (rehearsal.next + 1) % mostRows
}

/** Writes a kept row into `out`. @returns its class, or -1 when there is none. Which row is a hash of a counter: the same in every run. */
export function drawRow(rehearsal: Rehearsal, out: Active): number {
  if (rehearsal.rows.length === 0) return -1
  const kept = rehearsal.rows[spread(hashInt(0x51ed270b, rehearsal.drawn++)) % rehearsal.rows.length] as Kept
  out.count = kept.index.length
  for (let i = 0; i < out.count; i++) {
    out.index[i] = kept.index[i] as number
    out.value[i] = kept.value[i] as number
  }
  return kept.y
}

/** Rows that are no longer believed are not learned again. */
export function dropRows(rehearsal: Rehearsal, untrusted: (origin: string) => boolean): void {
  rehearsal.rows = rehearsal.rows.filter((row) => !untrusted(row.origin))
  rehearsal.next = rehearsal.rows.length % mostRows
}
