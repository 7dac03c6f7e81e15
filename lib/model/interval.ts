const z = 1.959964

/** A share with its 95 % interval (Wilson 1927, J. Am. Stat. Assoc. 22). Null where nothing was counted. */
export function wilson(hits: number, n: number): { value: number; low: number; high: number; n: number } | null {
  if (n <= 0) return null
  const p = hits / n
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  return { value: p, low: Math.max(0, middle - half), high: Math.min(1, middle + half), n }
}
