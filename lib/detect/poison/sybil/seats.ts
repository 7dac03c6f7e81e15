import { turnedShares } from '@/lib/detect/poison/bets'
import { numberOf } from '@/lib/learn/place/recent'
import { ties } from './ties'

/** One origin: its record, the clusters that it sits in, and the evidence against it while it sits in none. */
export interface Seat {
  id: string
  number: number
  firstRow: number
  firstIndex: number
  /** Rows that came; of those that testify, how many went against the learner, and how many were to. */
  came: number
  rows: number
  disagreements: number
  expected: number
  accused: boolean
  /** Nats for labels turned in six of ten rows, of all that it sent. */
  gain: number
  /** By tie (./ties.ts): number of its cluster; −1: none. */
  of: number[]
  /** E-detectors of labels turned at all, by share of turned labels. */
  m: Float64Array
}

const mostSeats = 4096
const mostLooks = 64

/** @param holds whether the evidence of one of its clusters must not be lost. @returns its seat, made if need be; null when every place is held. */
export function seatOf(
  seats: Map<string, Seat>,
  id: string,
  row: number,
  index: number,
  holds: (seat: Seat) => boolean,
  most = mostSeats,
): { seat: Seat; out: Seat | null } | null {
  const known = seats.get(id)
  if (known) {
    seats.delete(id)
    seats.set(id, known)
    return { seat: known, out: null }
  }
  let out: Seat | null = null
  if (seats.size >= most) {
    let looks = 0
    for (const [other, seat] of seats) {
      seats.delete(other)
      if (!seat.accused && !holds(seat)) {
        out = seat
        break
      }
      // It keeps its place and is not looked at again soon.
      seats.set(other, seat)
      if (++looks >= mostLooks) return null
    }
  }
  const seat = {
    id,
    number: numberOf(id),
    firstRow: row,
    firstIndex: index,
    came: 0,
    rows: 0,
    disagreements: 0,
    expected: 0,
    accused: false,
    gain: 0,
    of: ties.map(() => -1),
    m: new Float64Array(turnedShares.length),
  }
  seats.set(id, seat)
  return { seat, out }
}
