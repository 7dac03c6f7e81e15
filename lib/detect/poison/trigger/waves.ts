/**
 * Surprises come in waves where rows that follow one another hang together: a price that holds for half a day, a storm. So a label's chance is at
 * least what the last few rows showed of it, leaned on what is expected: rows of one wave are one surprise, not ten.
 *
 * Formula  (h + 4b) / (m + 4): h the surprises with that label among the rows before, each worth .85 to the power of its age, m = 6.7 what all of them
 *          would be worth, b the chance without it.
 * @example  b = .02: after five such rows in a row .36, twenty rows later .02.
 */
export interface Waves {
  /** By class: h at its latest surprise, and which row that was. */
  hits: Float64Array
  at: Float64Array
}

const mostClasses = 64
const fade = 0.85
const memory = fade / (1 - fade) + 1
const leanRows = 4
const log = Math.log(fade)
/** Rows after which nothing is left. */
const longest = 60

export const startWaves = (): Waves => ({ hits: new Float64Array(mostClasses), at: new Float64Array(mostClasses) })

/** A surprising row of class y, the t-th. @returns h before it. */
export function rideWave({ hits, at }: Waves, y: number, t: number): number {
  const age = t - (at[y] as number)
  const h = age < longest ? (hits[y] as number) * Math.exp(log * age) : 0
  hits[y] = h + 1
  at[y] = t
  return h
}

export const boundInWave = (bound: number, h: number): number =>
  Math.max(bound, (h + leanRows * bound) / (memory + leanRows))
