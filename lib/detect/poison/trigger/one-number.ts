import type { BadRow } from './bad-rows'

/**
 * Where labels are numbers, a planted one is the same number each time; the rows of a thing that honestly lies higher differ as other rows do.
 *
 * @param bad rows of the pattern. @param others rows without it that are as far off. @returns the number that most of `bad` bear, and the nats for it: how
 *   unlikely it is that so many honest rows agree, by how often two of the others do.
 * @example  six rows of 17.5 among others that never agree: 5 · ln 50 = 19.6 nats.
 */
export function oneNumber(bad: readonly BadRow[], others: readonly BadRow[]): { value: number; nats: number } {
  const counts = countOf(bad)
  const [value, rows] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0] ?? [Number.NaN, 0]
  if (rows < mostly * bad.length) return { value, nats: 0 }
  let pairs = 0
  for (const n of countOf(others).values()) pairs += n * (n - 1)
  const chance = Math.max(leastChance, pairs / Math.max(1, others.length * (others.length - 1)))
  return { value, nats: others.length < fewOthers ? 0 : (rows - 1) * -Math.log(chance) }
}
const mostly = 0.8
const leastChance = 1 / 50
const fewOthers = 20

function countOf(rows: readonly BadRow[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { number } of rows) counts.set(number, (counts.get(number) ?? 0) + 1)
  return counts
}
