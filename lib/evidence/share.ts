/** Decades of evidence below the promise that are worth a look. */
const decades = 2

/**
 * Evidence as a share of the promise, for people: 1 where it alarms (the unit's M reaches one false incident), ½ at a tenth of that, 0 at a
 * hundredth and below; above 1 it goes on at the same scale.
 *
 * Why not logE / threshold: a detector that restarts at every line gathers about ln(lines) nats from nothing, so the ratio of a healthy unit creeps to
 * .7 and says nothing. M itself is what the promise bounds: while nothing changes, P(M ≥ x) ≤ (mass spent) / x.
 */
export function shareOfPromise({ logE, threshold }: { readonly logE: number; readonly threshold: number }): number {
  if (!(threshold > 0)) return 0
  return Math.max(0, 1 + (logE - threshold) / (decades * Math.LN10))
}
