import { uniformFrom } from '@/lib/stats/hash-uniform'
import { normalQuantile } from '@/lib/stats/normal'

/**
 * A monotone map of a column's values onto normal scores by its baseline, and back. On that scale a season adds, whatever it does to the values (a
 * price that doubles at noon, a count, a share), and serial correlation is linear; skew and heavy tails are gone. Beyond the baseline the
 * map goes on straight. Ties spread over their own mass by a uniform number, so that a whole number is not nearer to the next hour than to itself.
 */
export interface NormalScores {
  /** Values and their scores, ascending; ties repeat the value. */
  values: Float64Array
  scores: Float64Array
  /** Score per unit of value beyond either end. */
  below: number
  above: number
  /** No score lies further out than this: what a correlated baseline, of few independent values, can know of its own tails. */
  limit: number
}

const knots = 256
/** How far beyond the outermost score a value may go. */
const mostBeyond = 1.5

/**
 * @param sorted the baseline, at least one value.
 * @param independent how many independent values it is worth, where it is correlated.
 */
export function startScores(sorted: Float64Array, independent = Number.POSITIVE_INFINITY): NormalScores {
  const n = sorted.length
  const count = Math.min(n, knots)
  const values = new Float64Array(count)
  const scores = new Float64Array(count)
  for (let k = 0; k < count; k++) {
    const i = count > 1 ? Math.round((k * (n - 1)) / (count - 1)) : 0
    values[k] = sorted[i] as number
    scores[k] = normalQuantile((i + 0.5) / n)
  }
  const slope = (a: number, b: number) => {
    const width = Math.abs((values[b] as number) - (values[a] as number))
    return width > 0 ? Math.abs((scores[b] as number) - (scores[a] as number)) / width : 0
  }
  const outer = Math.ceil(count / 50)
  const limit = Number.isFinite(independent)
    ? normalQuantile(1 - 0.5 / Math.max(2, independent))
    : Number.POSITIVE_INFINITY
  return { values, scores, limit, below: slope(0, outer), above: slope(count - 1 - outer, count - 1) }
}

/** First place in `values` (not empty) at which the value is at least x. No branch depends on the data: eight that no processor foresees cost more than the search. */
function placeOf(values: Float64Array, x: number): number {
  let low = 0
  let length = values.length
  while (length > 1) {
    const half = length >>> 1
    low += half * +((values[low + half - 1] as number) < x)
    length -= half
  }
  return low + +((values[low] as number) < x)
}

/** @param u uniform in (0, 1), for ties. */
export function scoreOf(map: NormalScores, x: number, u: number): number {
  return Math.max(-map.limit, Math.min(map.limit, unlimited(map, x, u)))
}

function unlimited({ values, scores, below, above }: NormalScores, x: number, u: number): number {
  const n = values.length
  const first = values[0] as number
  const last = values[n - 1] as number
  if (x < first) return (scores[0] as number) - Math.min(mostBeyond, (first - x) * below)
  if (x > last) return (scores[n - 1] as number) + Math.min(mostBeyond, (x - last) * above)
  const at = placeOf(values, x)
  if (values[at] === x) {
    let end = at
    while (end + 1 < n && values[end + 1] === x) end++
    return (scores[at] as number) + u * ((scores[end] as number) - (scores[at] as number))
  }
  const a = values[at - 1] as number
  const part = (x - a) / ((values[at] as number) - a)
  return (scores[at - 1] as number) + part * ((scores[at] as number) - (scores[at - 1] as number))
}

export function valueAt({ values, scores, below, above }: NormalScores, score: number): number {
  const n = values.length
  const first = scores[0] as number
  const last = scores[n - 1] as number
  if (score <= first) return (values[0] as number) - (below > 0 ? (first - score) / below : 0)
  if (score >= last) return (values[n - 1] as number) + (above > 0 ? (score - last) / above : 0)
  const at = placeOf(scores, score)
  const a = scores[at - 1] as number
  const part = (score - a) / ((scores[at] as number) - a)
  return (values[at - 1] as number) + part * ((values[at] as number) - (values[at - 1] as number))
}

/** A uniform number for the ties of the i-th value of a baseline. Not an even spread: that would be correlated from one value to the next. */
export const tieAt = (i: number): number => uniformFrom(0x7f4a7c15, i + 1)
