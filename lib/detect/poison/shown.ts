import type { Judgement } from '@/lib/learn/judge/calibrate'
import { badChance } from './row-suspicion'

/**
 * What a source, or a labeler, has shown of late: how much oftener than expected its labels were not the favourite, for the suspicion of its next row long
 * before any detector has evidence enough.
 *
 * Formula  share = (Σ(wrong − chance) − 1½·√Σ chance(1 − chance)) / (rows + 20), at least 0, over a forgetful hundred of its rows; a row is bad with chance
 *          share·(1 − p) / (share·(1 − p) + (1 − share)·p), of which a part is believed.
 */
export interface Shown {
  rows: number
  excess: number
  variance: number
}

const keep = 0.99
/** Good rows that it is taken to have had besides. */
const priorRows = 20
/** Standard errors by which it is taken to be better than it shows: among some fifty sources one in seven is one above by chance alone. */
const errors = 1.5
/** One wrong row by itself says nothing. */
const leastVariance = 1
/** What such a share says at most: no alarm came of it. */
const most = 0.6
/** Of a number far out a source's share says less than that it is far out. */
const fullShare = 0.5
const farPower = 0.25
/** The oldest make room. */
const mostSources = 10_000

/** @param p chance of the row's label, or of a number that far from the expected, if it is honest. @returns the suspicion of its next row. */
export function suspicionByShown(shown: Shown | undefined, p: number, numeric: boolean): number {
  if (!shown) return 0
  const over = shown.excess - errors * Math.sqrt(Math.max(leastVariance, shown.variance))
  if (over <= 0) return 0
  const share = Math.min(1, over / (shown.rows + priorRows))
  if (numeric) return most * Math.min(1, share / fullShare) * (1 - p ** farPower)
  return most * badChance(share, 1 - p, p)
}

/** Notes a row of it, once its suspicion is said. */
export function noteShown(
  sources: Map<string, Shown>,
  id: string,
  { favourite, disagree }: Judgement,
  y: number,
): void {
  let shown = sources.get(id)
  if (!shown) {
    shown = { rows: 0, excess: 0, variance: 0 }
    sources.set(id, shown)
    if (sources.size > mostSources)
      for (const oldest of sources.keys()) {
        sources.delete(oldest)
        break
      }
  }
  shown.rows = keep * shown.rows + 1
  shown.excess = keep * shown.excess + (y === favourite ? 0 : 1) - disagree
  shown.variance = keep * shown.variance + disagree * (1 - disagree)
}
