import { type Feed, startFeed } from './gaps'

/**
 * Feeds under watch, at most 4,096, in order of last use. A new one takes the place of the longest idle that has nothing against it: whoever invents
 * feeds pushes out idle ones, never evidence.
 */
export interface SequenceState {
  feeds: Map<string, Feed>
  /** Rows decided of all feeds that are not accused, and gaps among them. */
  rows: number
  gaps: number
}

export const mostFeeds = 4096
const mostLooks = 64
/** Gaps since its evidence was last low: from here on it is not pushed out. */
const evidentGaps = 2

export const startSequenceState = (): SequenceState => ({ feeds: new Map(), rows: 0, gaps: 0 })

/** @returns null when there is no place. */
export function touchFeed(
  state: SequenceState,
  origin: string,
  feed: string | undefined,
  most = mostFeeds,
): Feed | null {
  const key = feed === undefined ? origin : `${origin}\n${feed}`
  const known = state.feeds.get(key)
  if (known) {
    state.feeds.delete(key)
    state.feeds.set(key, known)
    return known
  }
  if (state.feeds.size >= most && !makePlace(state)) return null
  const made = startFeed(origin, feed)
  state.feeds.set(key, made)
  return made
}

function makePlace({ feeds }: SequenceState): boolean {
  let looks = 0
  for (const [key, feed] of feeds) {
    feeds.delete(key)
    if (!feed.accused && feed.since.gaps < evidentGaps && feed.open.length === 0) return true
    feeds.set(key, feed)
    if (++looks >= mostLooks) return false
  }
  return false
}
