import type { Label } from '@/lib/event/types'

/**
 * Do labels come in runs by nature (a price that stays up for days), so that their shares wander over any stretch? Shares of neighbouring stretches of
 * 128 labels differ by p(1 − p)/64 in the mean square where labels are exchangeable; the median of squared differences against that is robust to the
 * few true changes in it.
 */
export interface LabelRuns {
  /** What is counted: a class, or a number above the first one. */
  first: Label | null
  hits: number
  labels: number
  allHits: number
  allLabels: number
  last: number
  /** Squared differences of the latest stretches, a ring. */
  squares: number[]
  stretches: number
}

const stretch = 128
const held = 64
const fewest = 15
/** Medians beyond so many times what is expected: the median of 15 squares is there by chance once in about a hundred. */
const beyond = 2.5
/** Median of a squared standard normal. */
const medianSquare = 0.4549

export const startLabelRuns = (): LabelRuns => ({
  first: null,
  hits: 0,
  labels: 0,
  allHits: 0,
  allLabels: 0,
  last: Number.NaN,
  squares: [],
  stretches: 0,
})

export function addLabelRun(runs: LabelRuns, label: Label): void {
  runs.first ??= label
  const hit =
    typeof runs.first === 'number' && typeof label === 'number'
      ? label > runs.first
      : String(label) === String(runs.first)
  if (hit) runs.hits++
  runs.labels++
  if (runs.labels < stretch) return
  const share = runs.hits / stretch
  runs.allHits += runs.hits
  runs.allLabels += stretch
  runs.hits = 0
  runs.labels = 0
  if (!Number.isNaN(runs.last)) runs.squares[runs.stretches++ % held] = (share - runs.last) ** 2
  runs.last = share
}

export function labelsWander({ squares, allHits, allLabels }: LabelRuns): boolean {
  if (squares.length < fewest) return false
  const p = allHits / allLabels
  const expected = (2 * p * (1 - p)) / stretch
  const median = squares.slice().sort((a, b) => a - b)[squares.length >> 1] as number
  return median > beyond * medianSquare * expected
}
