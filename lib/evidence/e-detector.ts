/**
 * Evidence that gathers from any moment on: the one accumulator under every detector.
 *
 * Watches   a stream of e-values for one unit: non-negative numbers whose expectation, given the past, is at most 1 while nothing changes.
 * Keeps     M ← e·(M + mass), one M per bet of a mixture, each with its own share of the mass. Alarm when ΣM ≥ 1.
 * Promise   ΣM − Σmass is a supermartingale under no change, so P(an alarm by time t) ≤ Σ mass spent by t, however the masses were chosen from the
 *           past; and since that is a sum, the promise adds up over any number of units under any dependence.
 * Numbers   M stays within [0, 1e300]: an e-value of 0 empties a bet (its next mass starts it again), infinity saturates it, NaN counts as e = 1.
 * Source    Shin, Ramdas & Rinaldo 2022, E-detectors; restart mass as in Assay's budget (lib/evidence/budget.ts).
 *
 * @example  mass .01, e = 2 each time: M = .02, .06, .14, .30, .62, 1.26 → it alarms at the 6th update.
 */
export interface Evidence {
  /** Evidence of each bet, in false incidents. */
  m: Float64Array
  /** Restart mass taken in since it was armed, and in how many updates. */
  mass: number
  updates: number
}

const most = 1e300

/** Nothing known yet: one accumulator for each of `bets` bets. */
export function startEvidence(bets = 1): Evidence {
  return { m: new Float64Array(bets), mass: 0, updates: 0 }
}

/** Takes one e-value against one bet. Gives M; it alarms at 1. */
export function gather(evidence: Evidence, e: number, mass: number): number {
  count(evidence, mass)
  return multiply(evidence.m, 0, e, mass)
}

/** Takes the e-values of all bets of a mixture. `shares` sum to 1 at most and divide the mass. Gives ΣM; it alarms at 1. */
export function gatherMixture(
  evidence: Evidence,
  e: ArrayLike<number>,
  shares: ArrayLike<number>,
  mass: number,
): number {
  count(evidence, mass)
  let total = 0
  for (let b = 0; b < evidence.m.length; b++) total += multiply(evidence.m, b, e[b] ?? 1, mass * (shares[b] ?? 0))
  return total
}

/** As `gather`, from the natural logarithm of an e-value that may be too large or too small for a number. */
export function gatherLog(evidence: Evidence, logE: number, mass: number): number {
  count(evidence, mass)
  const before = (evidence.m[0] ?? 0) + mass
  const after = before > 0 ? Math.exp(Math.min(Math.log(most), Math.log(before) + logE)) : 0
  evidence.m[0] = Number.isNaN(logE) ? before : after
  return evidence.m[0] ?? 0
}

/** Notes an update whose bets are multiplied elsewhere, in place in `evidence.m` (hot paths): then the caller keeps M within bounds. */
export function count(evidence: Evidence, mass: number): void {
  evidence.mass += mass
  evidence.updates += 1
}

/** M[b] ← e·(M[b] + mass), bounded. */
export function multiply(m: Float64Array, b: number, e: number, mass: number): number {
  const before = (m[b] as number) + mass
  const after = e >= 0 ? Math.min(most, e * before) : before
  // 0 · infinity and the like: no evidence either way.
  m[b] = Number.isNaN(after) ? before : after
  return m[b] as number
}

export function totalEvidence(evidence: Evidence): number {
  let total = 0
  for (const m of evidence.m) total += m
  return Math.min(most, total)
}

/** Puts the evidence back to nothing: after an alarm, or when the level that it watched is replaced. */
export function clearEvidence(evidence: Evidence): void {
  evidence.m.fill(0)
  evidence.mass = 0
  evidence.updates = 0
}
