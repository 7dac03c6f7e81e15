import { type Active, regionBits } from '@/lib/learn/inputs/encode'

/**
 * How far honest labels lie from what is expected: on either side a quantile of the error that moves with regions, expected value and spread of the votes.
 *
 * Formula  log s = base + Σ effects; after a row each of them moves by −η·(q − [|error| > s]): it settles where a share q lies beyond. The far bound is a
 *          multiple of s, learned the same way.
 * Source   Koenker & Bassett 1978, Econometrica 46.
 */
export interface Reach {
  above: Side
  below: Side
}

interface Side {
  /** log of the near bound, and of the far one over it. */
  base: number
  far: number
  effect: Float64Array
  square: Float64Array
  rows: number
}

/** Of labels, in target units. */
export interface Bounds {
  farBelow: number
  below: number
  above: number
  farAbove: number
}

const near = 0.15
const farShare = 0.03
const valueBins = 12
const spreadBins = 8
const effects = (1 << regionBits) + valueBins + spreadBins

const startSide = (): Side => ({
  base: Math.log(0.7),
  far: Math.log(1.9),
  effect: new Float64Array(effects),
  square: new Float64Array(effects),
  rows: 0,
})

export const startBounds = (): Reach => ({ above: startSide(), below: startSide() })

const valueSlot = (value: number) =>
  (1 << regionBits) + Math.max(0, Math.min(valueBins - 1, Math.floor((value + 3) * 2)))
const spreadSlot = (spread: number) =>
  (1 << regionBits) + valueBins + Math.max(0, Math.min(spreadBins - 1, Math.floor(4 + 2 * Math.log2(spread + 0.05))))

export function boundsOf(reach: Reach, row: Active, value: number, spread: number, out: Bounds): void {
  const above = nearOf(reach.above, row, value, spread)
  const below = nearOf(reach.below, row, value, spread)
  out.above = value + above
  out.farAbove = value + above * Math.exp(reach.above.far)
  out.below = value - below
  out.farBelow = value - below * Math.exp(reach.below.far)
}

/** How far honest labels lie on either side, whatever the regions: in standard deviations of a normal law, for who has ways of his own. Reused from call to call. */
export interface Span {
  value: number
  above: number
  below: number
}

export function spanOf(reach: Reach, value: number, spread: number, out: Span): void {
  out.value = value
  out.above = plain(reach.above, value, spread)
  out.below = plain(reach.below, value, spread)
}

const plain = (side: Side, value: number, spread: number) =>
  Math.exp(
    Math.max(
      -7,
      Math.min(2, side.base + (side.effect[valueSlot(value)] as number) + (side.effect[spreadSlot(spread)] as number)),
    ),
  ) / deviationsOfNear

/** Of a normal law, 15 % lie beyond so many deviations on one side. */
const deviationsOfNear = 1.036

function nearOf(side: Side, row: Active, value: number, spread: number): number {
  let log = side.base + (side.effect[valueSlot(value)] as number) + (side.effect[spreadSlot(spread)] as number)
  for (let r = 0; r < row.regions; r++) log += side.effect[row.region[r] as number] as number
  return Math.exp(Math.max(-7, Math.min(2, log)))
}

export function learnBounds(reach: Reach, row: Active, value: number, spread: number, bounds: Bounds, t: number): void {
  learnSide(reach.above, row, value, spread, t > bounds.above, t > bounds.farAbove)
  learnSide(reach.below, row, value, spread, t < bounds.below, t < bounds.farBelow)
}

function learnSide(side: Side, row: Active, value: number, spread: number, beyond: boolean, far: boolean): void {
  const error = (beyond ? 1 : 0) - near
  side.rows++
  const rate = Math.max(0.02, 0.6 / Math.sqrt(side.rows + 1))
  side.base += rate * error
  side.far = Math.max(0.1, side.far + rate * ((far ? 1 : 0) - farShare))
  move(side, valueSlot(value), error, 0.3)
  move(side, spreadSlot(spread), error, 0.3)
  const each = 0.3 / Math.max(1, Math.sqrt(row.regions / 3))
  for (let r = 0; r < row.regions; r++) move(side, row.region[r] as number, error, each)
}

function move(side: Side, at: number, error: number, rate: number): void {
  side.square[at] = (side.square[at] as number) + error * error
  side.effect[at] = (side.effect[at] as number) + (rate * error) / Math.sqrt((side.square[at] as number) + 1)
}
