import { rankOf } from '@/lib/detect/hour-sums'

/** F with 2 and with 4 over 20 degrees of freedom, 1 in 20,000 each. */
const criticalOfTwo = 16.9
const criticalOfFour = 11.6

/**
 * Does a column move smoothly through its rows? Power of its ranks' slowest two cosines, or four, against that of the fifth to the twenty-fourth: the
 * spectrum of short-range correlation is flat down there, that of a day seen in part, or once and a half, is not. 1 in 10,000 by chance.
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
  const two = power(1) + power(2)
  return two / 2 > criticalOfTwo * fast || (two + power(3) + power(4)) / 4 > criticalOfFour * fast
}
