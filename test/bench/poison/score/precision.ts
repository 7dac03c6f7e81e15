/** Average precision of scores for the bad ones; what ties is taken in together, so that order within a tie is no luck. */
export function averagePrecision(scores: ReadonlyMap<string, number>, bad: ReadonlySet<string>): number {
  const sorted = [...scores].sort((a, b) => b[1] - a[1])
  let hits = 0
  let sum = 0
  for (let at = 0; at < sorted.length; ) {
    let end = at
    let tied = 0
    while (end < sorted.length && sorted[end]?.[1] === sorted[at]?.[1]) if (bad.has(sorted[end++]?.[0] ?? '')) tied++
    hits += tied
    sum += (tied * hits) / end
    at = end
  }
  return bad.size === 0 ? Number.NaN : sum / bad.size
}
