import { valuesSince } from '@/lib/detect/drift/numeric/level'
import type { NumericUnit } from '@/lib/detect/drift/numeric/state'
import { binOfValue, quantileOf } from '@/lib/stats/quantile-edges'

/**
 * Were two columns swapped? Both follow the other's approved baseline since the onset, and about as well as the other would follow it itself: over
 * twelve bins of both baselines together, each gains nats under the other's, and as many as that many of the other's own rows would gain, give or take
 * chance. A likelihood ratio alone would also be raised by a column that merely moved nearer to another; that one has moved is known, that the
 * other has too is what `leastNats` asks.
 * Columns too much alike (KL below .05 a row) are not told apart. Source: recipes/drift.md §5.
 */
export function swapPartner(
  units: readonly NumericUnit[],
  moved: number,
  onsetRow: number,
  row: number,
): { unit: number; onsetRow: number } | null {
  const own = units[moved] as NumericUnit
  let best: { unit: number; onsetRow: number } | null = null
  let most = 0
  // The estimated onset may be a little early, or an older one that the swap only pushed over the threshold.
  const starts = [0, 1, 2, 3].map((later) => onsetRow + later)
  for (const rows of windows) if (row - rows + 1 > onsetRow) starts.push(row - rows + 1)
  for (const [i, other] of units.entries()) {
    if (i === moved || other.approved.length === 0 || other.phase === 'gathering') continue
    const bins = sharedBins(own.approved, other.approved)
    if (!bins) continue
    for (const start of starts) {
      const now = valuesSince(own, start, row)
      const theirs = valuesSince(other, start, row)
      if (theirs.length < fewestRows || now.length < fewestRows) continue
      const gain = swapGain(bins, now, theirs)
      if (gain <= most) continue
      most = gain
      best = { unit: i, onsetRow: start }
    }
  }
  return best
}

/** Lengths of the latest stretch that are tried beside the onset: a little too long, and it holds rows from before. */
const windows = [4, 5, 6, 8, 10, 12, 14, 16, 18, 20, 24, 28, 34, 40] as const
const fewestRows = 2
const leastNats = 4
const leastNatsOfBoth = 12
/** Of fewer rows than this each must say more: columns on scales of their own do, at two nats a row they do not. */
const fewRows = 4
const leastNatsOfFew = 10
const leastKl = 0.05
/** What is gained may differ from what is usual by this part of it, or by so many standard errors. */
const slack = 0.4
const slackErrors = 3

/** Both baselines, sorted, in the same bins; null where they are too much alike. */
export interface SharedBins {
  edges: Float64Array
  p: Float64Array
  q: Float64Array
}

export function sharedBins(a: Float64Array, b: Float64Array): SharedBins | null {
  const both = new Float64Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  both.sort()
  const edges = Float64Array.from(
    new Set(Array.from({ length: 12 }, (_, i) => quantileOf(both, 0.05 + (0.9 * i) / 11))),
  )
  const p = sharesOf(edges, a)
  const q = sharesOf(edges, b)
  return Math.min(divergence(p, q), divergence(q, p)) >= leastKl ? { edges, p, q } : null
}

const divergence = (p: Float64Array, q: Float64Array): number =>
  p.reduce((sum, share, bin) => sum + share * Math.log(share / (q[bin] as number)), 0)

/** Nats that both gain together, or 0 where it is no swap. */
export function swapGain({ edges, p, q }: SharedBins, nowA: Float64Array, nowB: Float64Array): number {
  const first = gainOf(edges, nowA, q, p)
  const second = first > 0 ? gainOf(edges, nowB, p, q) : 0
  return second > 0 && first + second >= leastNatsOfBoth ? first + second : 0
}

/** Nats by which the values follow `their` shares rather than their `own`; 0 where they do not do so as well as they should. */
function gainOf(edges: Float64Array, values: Float64Array, their: Float64Array, own: Float64Array): number {
  const nats = their.map((share, bin) => Math.log(share / (own[bin] as number)))
  const gained = values.reduce((sum, value) => sum + (nats[binOfValue(edges, value)] as number), 0)
  const mean = divergence(their, own)
  const variance = their.reduce((sum, share, bin) => sum + share * ((nats[bin] as number) - mean) ** 2, 0)
  const usual = values.length * mean
  const fits = Math.abs(gained - usual) <= Math.max(slack * usual, slackErrors * Math.sqrt(values.length * variance))
  const least = values.length < fewRows ? leastNatsOfFew : leastNats
  return gained >= least && fits ? gained : 0
}

function sharesOf(edges: Float64Array, values: Float64Array): Float64Array {
  const counts = new Float64Array(edges.length + 1).fill(0.5)
  for (const value of values) {
    const bin = binOfValue(edges, value)
    counts[bin] = (counts[bin] as number) + 1
  }
  const total = values.length + 0.5 * counts.length
  return counts.map((count) => count / total)
}
