import { learnWaiting } from './spread'
import { at, each } from './stratum-book'
import type { StratumState } from './stratum-state'

/** Blocks at its usual level after which an accused stratum is back. */
const backBlocks = 16
// Plain numbers for the hot loop.
const { state: stateAt, rise: riseAt, back: backAt } = at
const numbersEach = each

/** A stratum that was accused, or away with one that was, and comes as before is watched again. */
export function noteReturns(state: StratumState): void {
  const { numbers } = state.book
  for (let s = 0; s < state.strata.made.length; s++) {
    const o = s * numbersEach
    if (numbers[o + stateAt] === 0) continue
    // A run of an accused stratum ends when as many come as are due.
    const back = numbers[o + riseAt] === 0 ? (numbers[o + backAt] as number) + 1 : 0
    numbers[o + backAt] = back
    if (back < backBlocks) continue
    // It went and came back: it may do so again.
    learnWaiting(numbers, o + at.spread)
    numbers[o + stateAt] = numbers[o + backAt] = 0
  }
}
