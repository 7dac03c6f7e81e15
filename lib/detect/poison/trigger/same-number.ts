/**
 * How often honest numbers that lie far from what was expected agree: by rows of a side that follow one another. A planted number is the same each time.
 *
 * Formula  the chance of one number is at most the square root of the chance that two agree: √((a + 1) / (n + 20)), a of n pairs, 1/50 at least.
 * @example  500 pairs that never agreed: .044; stars, of which seven in ten agree: .84.
 */
export interface SameNumber {
  /** The latest number by class; pairs that agreed, and pairs. */
  latest: Float64Array
  agreed: number
  pairs: number
}

const leastChance = 1 / 50
const leanPairs = 20
const classes = 8

export const startSameNumber = (): SameNumber => ({
  latest: new Float64Array(classes).fill(Number.NaN),
  agreed: 0,
  pairs: 0,
})

/** Takes a number of class y. @returns the chance of it, if it is told from the class alone, before it is taken. */
export function sameNumberChance(same: SameNumber, y: number, number: number): number {
  const chance = Math.min(1, Math.max(leastChance, Math.sqrt((same.agreed + 1) / (same.pairs + leanPairs))))
  if (same.latest[y] === number) same.agreed++
  if (!Number.isNaN(same.latest[y] as number)) same.pairs++
  same.latest[y] = number
  return chance
}
