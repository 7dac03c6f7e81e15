/**
 * The time that a stream of events has reached by its own event times: the median of the latest five, never back. One wrong date moves nothing, late and
 * disordered events do not either; a clock that ran ahead of everything that comes (a batch of wrong dates) is noticed by `behind`.
 */
export interface EventClock {
  timeMs: number
  latest: number[]
  events: number
  /** Events in a row at which the median lay behind the clock by more than was asked. */
  behind: number
}

const held = 5

export const startClock = (): EventClock => ({ timeMs: Number.NEGATIVE_INFINITY, latest: [], events: 0, behind: 0 })

/** @returns the clock after this event. `slackMs`: how far the median may usually lie behind. */
export function tick(clock: EventClock, timeMs: number, slackMs = Number.POSITIVE_INFINITY): number {
  clock.latest[clock.events++ % held] = timeMs
  const median = clock.events < held ? Math.min(...clock.latest) : middle(clock.latest)
  clock.behind = median < clock.timeMs - slackMs ? clock.behind + 1 : 0
  if (median > clock.timeMs) clock.timeMs = median
  return clock.timeMs
}

/** Median of five. */
function middle(five: readonly number[]): number {
  let below = 0
  for (let i = 0; i < held; i++) {
    const value = five[i] as number
    below = 0
    let same = 0
    for (let j = 0; j < held; j++) {
      if ((five[j] as number) < value) below++
      else if (five[j] === value) same++
    }
    if (below <= 2 && below + same > 2) return value
  }
  return five[0] as number
}
