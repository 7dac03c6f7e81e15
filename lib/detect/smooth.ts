import { rankOf } from '@/lib/detect/hour-sums'

/**
 * Does a column move smoothly through its rows? Power of its ranks' slowest two cosines, against that of the fifth to the twenty-fourth: the
 * spectrum of short-range correlation is flat down there, that of a day seen in part is not. F with 2 and 20 degrees of freedom, 1 in 10,000.
 */
export function movesSmoothly(column: readonly number[]): boolean {
  const finite = column.filter(Number.isFinite)
  const sorted = Float64Array.from(finite).sort()
  if (sorted.length < 200 || sorted[0] === sorted[sorted.length - 1]) return false
  const ranks = finite.map((value) => rankOf(sorted, value))
  const power = (k: number) => {
    let sum = 0
    for (let i = 0; i < ranks.length; i++)
      sum += ((ranks[i] as number) - 0.5) * Math.cos((Math.PI * k * (i + 0.5)) / ranks.length)
    return sum * sum
  }
  let fast = 0
  for (let k = 5; k < 25; k++) fast += power(k) / 20
  return (power(1) + power(2)) / 2 > 14.8 * fast
}
