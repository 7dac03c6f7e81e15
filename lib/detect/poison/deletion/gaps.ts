/**
 * Numbers that did not come, of one origin's feed. A number jumped over is open until it comes late or until so many further rows came that it is
 * gone for good: twice the lateness ever seen here, and four rows at least.
 */
export interface Feed {
  origin: string
  feed: string | undefined
  /** Rows with a number, and the highest. */
  rows: number
  high: number
  /** Rows of it that were decided, and how many of them came after a gap. */
  decided: number
  gaps: number
  latest: number
  open: Gap[]
  /** Evidence of each bet; mass and updates. */
  m: Float64Array
  mass: number
  updates: number
  /** First gap since the evidence was last low, its line and time; gaps, numbers missing and rows decided since. */
  onsetIndex: number
  onsetTime: number
  since: { gaps: number; missing: number; rows: number }
  accused: boolean
}

/** Jumped over: numbers `from` to `to`, at the feed's row `row`. */
interface Gap {
  from: number
  to: number
  row: number
  index: number
  timeMs: number
}

export const bets = [4, 20, 100] as const
const mostOpen = 64
const leastWait = 4
const mostWait = 500

export const startFeed = (origin: string, feed: string | undefined): Feed => ({
  origin,
  feed,
  rows: 0,
  high: Number.NaN,
  decided: 0,
  gaps: 0,
  latest: 0,
  open: [],
  m: new Float64Array(bets.length),
  mass: 0,
  updates: 0,
  onsetIndex: 0,
  onsetTime: 0,
  since: { gaps: 0, missing: 0, rows: 0 },
  accused: false,
})

/** What is decided by a row: a row of the feed that came without a gap, or after one. */
export interface Decided {
  readonly rows: number
  readonly gaps: readonly { readonly missing: number; readonly index: number; readonly timeMs: number }[]
}

/** Takes the next number of the feed. @returns what is decided now: usually one row. */
export function takeNumber(feed: Feed, number: number, index: number, timeMs: number): Decided {
  feed.rows++
  if (Number.isNaN(feed.high)) feed.high = number
  else if (number > feed.high) {
    if (number > feed.high + 1) {
      feed.open.push({ from: feed.high + 1, to: number - 1, row: feed.rows, index, timeMs })
      if (feed.open.length > mostOpen) feed.open.shift()
    }
    feed.high = number
  } else comeLate(feed, number)
  const wait = Math.min(mostWait, Math.max(leastWait, 2 * feed.latest))
  const gaps: { missing: number; index: number; timeMs: number }[] = []
  const until = Math.max(feed.decided, feed.rows - wait)
  while (feed.open.length > 0 && (feed.open[0] as Gap).row <= until) {
    const gap = feed.open.shift() as Gap
    gaps.push({ missing: gap.to - gap.from + 1, index: gap.index, timeMs: gap.timeMs })
  }
  const rows = until - feed.decided
  feed.decided = until
  return { rows, gaps }
}

/** A number that was jumped over comes after all; any other that is not new came twice and says nothing. */
function comeLate(feed: Feed, number: number): void {
  const i = feed.open.findIndex((gap) => gap.from <= number && number <= gap.to)
  const gap = feed.open[i]
  if (!gap) return
  feed.latest = Math.max(feed.latest, feed.rows - gap.row)
  const rest: Gap[] = []
  if (gap.from < number) rest.push({ ...gap, to: number - 1 })
  if (number < gap.to) rest.push({ ...gap, from: number + 1 })
  feed.open.splice(i, 1, ...rest)
}
