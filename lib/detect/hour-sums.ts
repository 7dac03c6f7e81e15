/** A column's mean rank by hour on two days: does the second follow the first? */
export interface HourSums {
  /** The rows that count: those of this segment value, or all. */
  where: string | null
  sorted: Float64Array
  /** Two days of 24 hours. */
  sum: Float64Array
  n: Float64Array
}

/** A segment value with a smaller share of the rows says nothing by the hour. */
const leastShare = 0.15

/** @param column whose ranks count, NaN where a row has none. @returns null for one that has a single value. */
export function startHours(column: readonly number[], where: string | null): HourSums | null {
  const sorted = Float64Array.from(column.filter(Number.isFinite)).sort()
  if (sorted.length === 0 || sorted[0] === sorted[sorted.length - 1]) return null
  return { where, sorted, sum: new Float64Array(48), n: new Float64Array(48) }
}

/** The commonest of several values, where it is common enough. */
export function commonest(values: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const [value, count] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ['', 0] as [string, number])
  return counts.size > 1 && count >= leastShare * values.length ? value : null
}

/** @param at hour among the 48. */
export function addHour(sums: HourSums, value: number, place: string, at: number): void {
  if (sums.where !== null && sums.where !== place) return
  sums.sum[at] = (sums.sum[at] as number) + rankOf(sums.sorted, value)
  sums.n[at] = (sums.n[at] as number) + 1
}

export function followsHours({ sum, n }: HourSums): boolean {
  const hours: { a: number; b: number; weight: number }[] = []
  for (let h = 0; h < 24; h++) {
    const [a, b] = [n[h] as number, n[24 + h] as number]
    if (a === 0 || b === 0) continue
    hours.push({ a: (sum[h] as number) / a, b: (sum[24 + h] as number) / b, weight: (a * b) / (a + b) })
  }
  return hours.length >= 14 && correlation(hours) > 0.6
}

/** Mid-rank of a value among sorted ones, 0 to 1. */
export function rankOf(sorted: Float64Array, value: number): number {
  const count = (below: (x: number) => boolean) => {
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (below(sorted[middle] as number)) low = middle + 1
      else high = middle
    }
    return low
  }
  return (count((x) => x < value) + count((x) => x <= value)) / 2 / sorted.length
}

/** Weighted by how much is known of both: quiet hours of the night have few rows. */
function correlation(hours: readonly { a: number; b: number; weight: number }[]): number {
  const total = hours.reduce((sum, { weight }) => sum + weight, 0)
  const meanA = hours.reduce((sum, { a, weight }) => sum + a * weight, 0) / total
  const meanB = hours.reduce((sum, { b, weight }) => sum + b * weight, 0) / total
  let ab = 0
  let aa = 0
  let bb = 0
  for (const { a, b, weight } of hours) {
    ab += weight * (a - meanA) * (b - meanB)
    aa += weight * (a - meanA) ** 2
    bb += weight * (b - meanB) ** 2
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0
}
