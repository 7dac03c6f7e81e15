/** F1 of the upper of two clusters of the scores (k-means in one dimension, exact: the cut of least squares) for the rows that are `bad`. */
export function twoMeansF1(scores: Float64Array, bad: readonly boolean[]): number {
  const order = [...scores.keys()].sort((a, b) => (scores[a] as number) - (scores[b] as number))
  const sorted = order.map((i) => scores[i] as number)
  const total = sorted.reduce((a, b) => a + b, 0)
  let left = 0
  let best = -1
  let cut = 1
  for (let k = 1; k < sorted.length; k++) {
    left += sorted[k - 1] as number
    const between = left ** 2 / k + (total - left) ** 2 / (sorted.length - k)
    if (between <= best) continue
    best = between
    cut = k
  }
  const flagged = order.slice(cut)
  const hits = flagged.filter((i) => bad[i]).length
  return (2 * hits) / Math.max(1, flagged.length + bad.filter(Boolean).length)
}

export function averagePrecisionOf(scores: Float64Array, bad: readonly boolean[]): number {
  const order = [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b)
  let found = 0
  let sum = 0
  for (const [rank, i] of order.entries()) if (bad[i]) sum += ++found / (rank + 1)
  return found > 0 ? sum / found : Number.NaN
}
