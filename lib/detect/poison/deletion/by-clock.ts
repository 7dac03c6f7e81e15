import { blockRows } from './spread'
import { at, blocksKept, cameSince, each } from './stratum-book'
import type { StratumState } from './stratum-state'

/** Blocks whose times make a rate. */
const leastBlocks = 3
/** How much more of the others by the clock is taken for a filled gap; above, for a surge or a new mix. */
const mostSurge = 1.35
const beyondChance = 2.5
const enoughDue = 100
/** And of all rows together. */
const mostInAll = 1.15

/**
 * Do fewer of them come by the clock too, beyond chance, and no more of the others than fill the gap? If not, it is the others that came more.
 * It fell where event time says nothing.
 *
 * @param hasSiblings its key has four other values at least, whose mix will tell: then as many as ever of all together is no surge, for somebody may fill
 *   the gap so that totals look right.
 */
export function fellByClock(
  state: StratumState,
  stratum: number,
  from: number,
  fall: number,
  hasSiblings: boolean,
): 'fell' | 'open' | 'surge' {
  const { numbers } = state.book
  const o = stratum * each
  const { timeMs } = state.book
  const fromTime = timeMs[from % blocksKept] as number
  const since = (timeMs[state.blocks % blocksKept] as number) - fromTime
  const before = fromTime - state.startTime
  const blocks = state.blocks - from
  const rowsBefore = state.rows - blockRows * blocks
  if (!(before > 0) || rowsBefore <= 0) return 'fell'
  if (blocks < leastBlocks) return 'open'
  if (!(since > 0)) return 'fell'
  const { came } = cameSince(state.book, stratum, from, state.blocks)
  const its = (numbers[o + at.count] as number) - came
  const due = (its * since) / before
  const othersCame = blockRows * blocks - came
  const othersDue = ((rowsBefore - its) * since) / before
  const isMore = othersCame > mostSurge * othersDue && othersCame - othersDue > beyondChance * Math.sqrt(othersDue)
  const isFilled = hasSiblings && othersCame + came < mostInAll * (othersDue + due)
  if (isMore && !isFilled) return 'surge'
  // A world whose rule changes gives rows other classes: as many come of the others as are missing of this one.
  if (state.strata.made[stratum]?.kind === 'label' && othersCame - othersDue > (due - came) / 3)
    return due < enoughDue ? 'open' : 'surge'
  if (due - came < beyondChance * Math.sqrt(due)) return due < enoughDue ? 'open' : 'surge'
  return came <= due * (1 - fall / 2) ? 'fell' : 'surge'
}
