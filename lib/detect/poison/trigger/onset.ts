/**
 * Where the rows of a pattern began, or became many: the split of their arrivals into two rates that the likelihood likes best.
 *
 * Formula  n₀ ln(n₀/T₀) + (n₁ − 1) ln(n₁/T₁) − (n − 1) ln(n/T) nats, T in rows that testified; one row is not counted, for it chose the split.
 * @param arrivals of the rows that bear the pattern and its label, each by how many rows testified before it, ascending; @param began and @param now of what
 *   is kept, likewise.
 * @returns the place of the first row after the split, and the nats for it.
 * @example  ten rows at 900, 910 … 990 of 1,000: 9·ln(1000/100) = 20.7 nats from place 0.
 */
export function onsetOf(arrivals: readonly number[], began: number, now: number): { from: number; nats: number } {
  let best = { from: 0, nats: 0 }
  const n = arrivals.length
  if (n === 0) return best
  best.nats = Number.NEGATIVE_INFINITY
  const all = (n - 1) * Math.log(n / Math.max(1, now - began))
  for (let from = 0; from < n; from++) {
    const at = arrivals[from] as number
    const after = n - from
    const nats =
      (from > 0 ? from * Math.log(from / Math.max(1, at - began)) : 0) +
      (after - 1) * Math.log(after / Math.max(1, now - at)) -
      all
    if (after > n / 4 && nats > best.nats) best = { from, nats }
  }
  return best
}
