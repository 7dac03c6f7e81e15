/**
 * Do rows of different strata differ in this series at all? By the baseline's standardised ranks and their squares: Σ n·mean² over the strata is about
 * χ² with S − 1 degrees of freedom when they do not. Rows that do not differ are pooled, which matters for the tails: a stratum of a
 * hundred rows cannot say what is rarer than one in a hundred. Source: recipes/drift.md §3 "Strata".
 */
export function dependsOnStratum(values: ArrayLike<number>, strata: ArrayLike<number>): boolean {
  const n = values.length
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number))
  const rank = new Float64Array(n)
  for (let from = 0, to = 0; from < n; from = to) {
    while (to < n && values[order[to] as number] === values[order[from] as number]) to++
    for (let i = from; i < to; i++) rank[order[i] as number] = (from + to) / 2 / n
  }
  const rows = new Map<number, { n: number; first: number; second: number }>()
  for (let i = 0; i < n; i++) {
    const stratum = strata[i] as number
    const centred = (rank[i] as number) - 0.5
    const own = rows.get(stratum) ?? { n: 0, first: 0, second: 0 }
    own.n++
    own.first += Math.sqrt(12) * centred
    own.second += (12 * centred * centred - 1) / Math.sqrt(0.8)
    rows.set(stratum, own)
  }
  const enough = [...rows.values()].filter((own) => own.n >= 10)
  const freedom = Math.max(1, enough.length - 1)
  const limit = freedom + 4 * Math.sqrt(2 * freedom)
  const sum = (of: 'first' | 'second') => enough.reduce((total, own) => total + own[of] ** 2 / own.n, 0)
  return enough.length > 1 && (sum('first') > limit || sum('second') > limit)
}
