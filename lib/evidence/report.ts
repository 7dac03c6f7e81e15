import { type Evidence, totalEvidence } from '@/lib/evidence/e-detector'

/** Lowest evidence that is shown, in nats: a unit with nothing at all says this and not minus infinity. */
const floorNats = -50

/**
 * Evidence as people read it: natural logarithms, over the mean restart mass w̄ of the unit's own updates. `logE` = ln ΣM − ln w̄ reaches
 * `threshold` = −ln w̄ exactly when ΣM reaches 1. Before the first update both are 0.
 */
export function reportEvidence(
  evidence: Evidence,
  total = totalEvidence(evidence),
): { logE: number; threshold: number } {
  const mean = evidence.updates > 0 ? evidence.mass / evidence.updates : 0
  if (!(mean > 0)) return { logE: 0, threshold: 0 }
  const threshold = -Math.log(mean)
  return { logE: Math.max(floorNats, total > 0 ? Math.log(total) + threshold : floorNats), threshold }
}

/** The units nearest to their alarm, nearest first, at most `limit`. Sorts in place. */
export function worstFirst<T extends { readonly logE: number; readonly threshold: number }>(
  units: T[],
  limit: number,
): T[] {
  return units.sort((a, b) => b.logE - b.threshold - (a.logE - a.threshold)).slice(0, limit)
}
