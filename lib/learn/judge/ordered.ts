import type { Label } from '@/lib/event/types'

/**
 * Are whole numbers names of classes, or do they say how much (stars, a scale of seven)? By what the learner takes for what: of a scale, a label is mostly
 * taken for its neighbours.
 *
 * Test   the correlation of label and favourite, against the same with the labels in random orders: on a scale hardly any other order, but for its reverse,
 *        aligns them as well. Of five labels two orders of 60 are taken for a scale by chance, of seven one in 30.
 * Not    where labels are told apart well: then they are classes to us, whatever they mean.
 * Source permutation test: Pitman 1937.
 */
export interface Confusions {
  /** Rows by favourite and label. */
  counts: Float64Array
  rows: number
  wrong: number
}

const most = 20
const fewest = 5
const askedAt: readonly number[] = [1000, 4000]
const leastWrong = 0.3
const orders = 600
const mostAsWell = 1 / 30

export const startConfusions = (): Confusions => ({ counts: new Float64Array(0), rows: 0, wrong: 0 })

/** Notes a judged row. @returns whether it is time to ask. */
export function noteConfusion(of: Confusions, favourite: number, y: number): boolean {
  if (favourite >= most || y >= most) return false
  if (of.counts.length === 0) of.counts = new Float64Array(most * most)
  of.counts[favourite * most + y] = (of.counts[favourite * most + y] as number) + 1
  if (favourite !== y) of.wrong++
  return askedAt.includes(++of.rows)
}

export function isScale({ counts, rows, wrong }: Confusions, names: readonly Label[]): boolean {
  const n = names.length
  if (n < fewest || n > most || wrong < leastWrong * rows) return false
  const values = names.map(Number)
  const sorted = [...values].sort((a, b) => a - b)
  // Numbers in a row, one of which may not have come yet.
  if ((sorted[n - 1] as number) - (sorted[0] as number) > n) return false
  const ranks = values.map((value) => sorted.indexOf(value))
  const own = alignment(counts, ranks)
  let asWell = 0
  let seed = 1
  for (let order = 0; order < orders; order++) {
    const shuffled = [...ranks]
    for (let i = n - 1; i > 0; i--) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      const j = Math.floor((seed / 2 ** 32) * (i + 1))
      const kept = shuffled[i] as number
      shuffled[i] = shuffled[j] as number
      shuffled[j] = kept
    }
    if (alignment(counts, shuffled) > own + 1e-9) asWell++
  }
  return asWell <= mostAsWell * orders
}

/** Correlation of favourite and label in this order, whichever its direction. */
function alignment(counts: Float64Array, ranks: readonly number[]): number {
  let [n, f, y, ff, yy, fy] = [0, 0, 0, 0, 0, 0]
  for (const [a, ra] of ranks.entries())
    for (const [b, rb] of ranks.entries()) {
      const c = counts[a * most + b] as number
      n += c
      f += c * ra
      y += c * rb
      ff += c * ra * ra
      yy += c * rb * rb
      fy += c * ra * rb
    }
  return Math.abs(fy - (f * y) / n) / Math.sqrt(Math.max(1e-9, (ff - (f * f) / n) * (yy - (y * y) / n)))
}
