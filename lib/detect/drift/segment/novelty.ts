import { clearEvidence, count, type Evidence, startEvidence } from '@/lib/evidence/e-detector'
import { reportEvidence } from '@/lib/evidence/report'

/**
 * How often a value comes that the code book does not have, as 0 and 1: a launch of one row in a hundred is a handful of rows in its first five
 * hundred, and each of them must count in full.
 *
 * Evidence  of N rows `own` had such a value; the next one's conformal rank lies in the top (own + 1)/(N + 1) = w with probability w exactly, whatever
 *           came before. Bets that the share rose to t: t/w there, (1 − t)/(1 − w) elsewhere.
 */
export interface Novelty {
  own: number
  rows: number
  /** As in the approved baseline. */
  approved: { own: number; rows: number }
  evidence: Evidence
}

const shares = [0.003, 0.01, 0.05, 0.3]

export const startNovelty = (own: number, rows: number): Novelty => ({
  own,
  rows,
  approved: { own, rows },
  evidence: startEvidence(shares.length),
})

/** Takes a row; `u` is uniform and its own for this row. @returns its evidence where that has passed, else null. */
export function watchNovelty(
  unit: Novelty,
  novel: boolean,
  mass: number,
  u: number,
): { logE: number; threshold: number } | null {
  const w = (unit.own + 1) / (unit.rows + 1)
  const known = unit.rows - unit.own
  const top = novel || u >= known / (known + 1)
  const { m } = unit.evidence
  count(unit.evidence, mass)
  let total = 0
  for (let b = 0; b < shares.length; b++) {
    const t = shares[b] as number
    const e = t <= w ? 1 : top ? t / w : (1 - t) / (1 - w)
    const after = e * ((m[b] as number) + mass / shares.length)
    m[b] = after
    total += after
  }
  if (novel) unit.own++
  unit.rows++
  return total >= 1 ? reportEvidence(unit.evidence, total) : null
}

/** The new values have a code of their own from now on: what is left is as rare as it was. */
export function resetNovelty(unit: Novelty): void {
  unit.own = unit.approved.own
  unit.rows = unit.approved.rows
  clearEvidence(unit.evidence)
}
