import { hashInt, hashStart, spread } from '@/lib/learn/inputs/hash'

/** What makes origins look like one hand; none of it looks at a label. */
export const ties = ['born', 'together', 'copies', 'near'] as const
export type Tie = (typeof ties)[number]

/** Coincidences that tie at least: of hours kept, of rows that repeat one another, of places in the embedding. */
export const fewestOf: Readonly<Record<Exclude<Tie, 'born'>, number>> = { together: 3, copies: 2, near: 3 }
/** Rows between two coincidences of a pair that count as two: a talk of two people, or one busy hour, is one. */
export const apartOf: Readonly<Record<Exclude<Tie, 'born'>, number>> = { together: 64, copies: 1, near: 16 }

/**
 * How often the rows of two (origins, or clusters of them) coincided, counted in a table of fixed size: a slot is taken from a pair that coincided once, or
 * not for long. So names made to fill the table push out what is single, not what begins to show.
 */
export interface Pairs {
  who: Int32Array
  times: Uint16Array
  last: Float64Array
}

const slots = 16_384
const forgottenAfter = 8192

export const startPairs = (): Pairs => ({
  who: new Int32Array(0),
  times: new Uint16Array(0),
  last: new Float64Array(0),
})

/** @param a, b numbers of the two; @param row the training row at hand. @returns how often they have coincided, this time included; 0: not counted. */
export function coincide(pairs: Pairs, tie: Exclude<Tie, 'born'>, a: number, b: number, row: number): number {
  if (pairs.who.length === 0)
    Object.assign(pairs, {
      who: new Int32Array(slots),
      times: new Uint16Array(slots),
      last: new Float64Array(slots),
    })
  const hash = spread(hashInt(hashInt(hashInt(hashStart, ties.indexOf(tie)), Math.min(a, b)), Math.max(a, b))) | 0
  const at = hash & (slots - 1)
  const { who, times, last } = pairs
  if (who[at] !== hash || times[at] === 0) {
    const stays = (times[at] as number) > 1 && row - (last[at] as number) < forgottenAfter
    if (stays) return 0
    who[at] = hash
    times[at] = 1
    last[at] = row
    return 1
  }
  if (row - (last[at] as number) < apartOf[tie]) return 0
  last[at] = row
  if ((times[at] as number) < 0xffff) times[at] = (times[at] as number) + 1
  return times[at] as number
}

/** Nats by which so many coincidences are more than chance brings; beyond all pairs of the table, and some. */
export const surprise = (times: number, expected: number): number =>
  times <= expected ? 0 : times * Math.log(times / Math.max(1e-9, expected)) - (times - expected)
export const enoughNats = Math.log(slots) + Math.log(100)
