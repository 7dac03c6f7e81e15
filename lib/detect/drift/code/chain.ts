/**
 * Does a value follow itself more often than its share says? By a tenth of the way at least, and beyond chance. Rows that come in sessions do; given the
 * value before, what follows is exchangeable again.
 *
 * @param byLast counts of codes by the code before.
 */
export function isChained(byLast: readonly (Float64Array | null)[], counts: Float64Array): boolean {
  const rows = counts.reduce((a, b) => a + b, 0)
  const expected = counts.reduce((sum, own) => sum + (own / rows) ** 2, 0)
  let same = 0
  for (const [code, own] of byLast.entries()) same += own?.[code] ?? 0
  const excess = same / rows - expected
  return excess > 0.1 * (1 - expected) && excess > 4 * Math.sqrt((expected * (1 - expected)) / rows)
}
