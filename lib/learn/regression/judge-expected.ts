import type { Active } from '@/lib/learn/inputs/encode'
import { type Calibrator, type Judgement, judgeRow } from '@/lib/learn/judge/calibrate'
import type { Bounds } from './reach'
import { asExpected, type Expected, honestShares } from './regressor'

/** Judges a label that is a number: the bounds already hold what honest labels do, so that every row has the same chances, but for what the calibrator knows better. */
export function judgeExpected(calibrator: Calibrator, row: Active, j: Judgement): void {
  for (let k = 0; k < honestShares.length; k++) j.raw[k] = honestShares[k] as number
  j.votes = 0
  judgeRow(calibrator, row, honestShares.length, j)
}

const logit = (p: number) => Math.log(p / (1 - p))
/** Chances that an honest label lies below each bound, in the order of `Bounds`; and those of being at most the value. */
const below = [0.03, 0.15, 0.5, 0.85, 0.97].map(logit)
const knots = new Float64Array(5)

/** Chance of a label as far from the expected as `t`, on its side or the other: finer than the classes, and without their floor. */
export const tailOf = (said: Expected, t: number): number =>
  2 / (1 + Math.exp(Math.min(30, Math.abs(logOddsBelow(said, t)))))

/** Log odds, by what is expected here, of a label below `t`: a straight line between the bounds, and beyond them. */
function logOddsBelow({ value, bounds }: Expected, t: number): number {
  knots[0] = bounds.farBelow
  knots[1] = bounds.below
  knots[2] = value
  knots[3] = bounds.above
  knots[4] = bounds.farAbove
  let k = 0
  while (k < 3 && t > (knots[k + 1] as number)) k++
  const width = Math.max(1e-9, (knots[k + 1] as number) - (knots[k] as number))
  const slope = ((below[k + 1] as number) - (below[k] as number)) / width
  return (below[k] as number) + slope * (t - (knots[k] as number))
}

const chanceBelow = (said: Expected, t: number) => 1 / (1 + Math.exp(-Math.max(-7, Math.min(7, logOddsBelow(said, t)))))

/** Writes into `j` what `other` makes of a row and of the classes that `bounds` lay out. */
export function judgeWithin(other: Expected, bounds: Bounds, row: Active, j: Judgement): void {
  const edges = [bounds.farBelow, bounds.below, bounds.above, bounds.farAbove]
  let last = 0
  let favourite = asExpected
  for (let k = 0; k < 5; k++) {
    const here = k < 4 ? Math.max(last, chanceBelow(other, edges[k] as number)) : 1
    j.p[k] = Math.max(0.002, here - last)
    last = here
  }
  let sum = 0
  for (let k = 0; k < 5; k++) sum += j.p[k] as number
  for (let k = 0; k < 5; k++) {
    j.p[k] = (j.p[k] as number) / sum
    if ((j.p[k] as number) > (j.p[favourite] as number)) favourite = k
  }
  j.classes = 5
  j.favourite = favourite
  j.disagree = j.steady = 1 - (j.p[favourite] as number)
  j.regions = row.regions
  j.region = row.region
}
