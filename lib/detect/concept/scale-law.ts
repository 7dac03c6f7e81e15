import { tailOf } from '@/lib/detect/concept/tail-law'
import { quantileOf } from '@/lib/stats/quantile-edges'

/**
 * The law of sizes as a sample shows it, in bins, and what it would be after a change of scale.
 *
 * Within    the sample's edges are its own order statistics, so that the next size falls in a bin with the bin's share of all (n + 1) gaps, exactly.
 * Beyond    the one gap above the largest is split at multiples of the largest: nine tenths by the tail’s fit (./tail-law.ts), the rest as a tail as heavy as
 *           1/x, for the largest of a sample says little of the next one. Rows that come there teach the split, as if five had come before.
 * After     rows (a share of them) that are so many times as large; or that lie anywhere from the 98.5 % quantile to three times the largest,
 *           on the scale of logarithms.
 */
export interface ScaleLaw {
  /** Upper edges of all bins but the last, ascending. */
  edges: Float64Array
  /** Rows by bin, growing; and all of them, with one for the gap above the largest. */
  counts: Float64Array
  total: number
  /** Of the bins beyond the largest: what each holds of one row before any came, and how many came. */
  split: Float64Array
  beyond: number
  bets: number
  /** Shares by bin before any row came. */
  first: Float64Array
  /** Share of the rows in a bin after the change betted on, by bin and bet. */
  after: Float64Array
}

const within = [0.25, 0.4, 0.55, 0.7, 0.8, 0.87, 0.92, 0.95, 0.97, 0.985, 0.993, 0.997, 0.999]
/** The first bin of the largest fifth. */
export const largeBin = 5
const beyond = [1.15, 1.35, 1.6, 2, 2.6, 3.5, 5]
const lightPart = 0.9
/** Rows that the split is worth before any came. */
const known = 5
const [spreadFrom, spreadTo] = [0.985, 3]
/** `times`: so many times as large; 0: spread. */
const bets = [
  { share: 1, times: 2 },
  { share: 1, times: 3.5 },
  { share: 0.5, times: 3 },
  { share: 0.2, times: 0 },
  { share: 0.04, times: 0 },
  { share: 0.015, times: 0 },
]

/** @param sorted ascending, not negative. @returns null where they are too few or too alike. */
export function lawOfScale(sorted: Float64Array): ScaleLaw | null {
  const n = sorted.length
  const largest = sorted[n - 1] as number
  const fitted = tailOf(sorted)
  if (!fitted || !(largest > 0)) return null
  const inner = new Set(within.map((p) => sorted[Math.floor(p * n)] as number).concat(largest))
  const distinct = new Set(sorted).size
  // Ties: a bin is then as good as fixed, and the next size counts in its own.
  const self = distinct < 0.5 * n ? 1 : 0
  const edges = Float64Array.from([...inner, ...beyond.map((times) => times * largest)])
  const counts = new Float64Array(edges.length + 1)
  const atLargest = fitted(largest)
  const light = (x: number) => (atLargest > 0 ? fitted(x) / atLargest : 0)
  const heldBeyond = (x: number) => lightPart * light(x) + ((1 - lightPart) * largest) / x
  let below = 0
  for (let bin = 0; bin < inner.size; bin++) {
    const upTo = countUpTo(sorted, edges[bin] as number)
    counts[bin] = upTo - below + self
    below = upTo
  }
  const split = new Float64Array(counts.length - inner.size)
  let held = 1
  for (let i = 0; i < split.length; i++) {
    const over = i < beyond.length ? heldBeyond(edges[inner.size + i] as number) : 0
    split[i] = held - over
    held = over
  }
  /** As the sample and the fit have it. */
  const exceeds = (x: number) => (x >= largest ? light(x) / (n + 1) : (n - countUpTo(sorted, x) + 1) / (n + 1))
  const from = quantileOf(sorted, spreadFrom)
  const to = spreadTo * largest
  const spread = (x: number) => (x <= from ? 1 : x >= to ? 0 : Math.log(to / x) / Math.log(to / from))
  const law: ScaleLaw = {
    edges,
    counts,
    total: n + 1,
    split,
    beyond: 0,
    bets: bets.length,
    first: new Float64Array(counts.length),
    after: new Float64Array(counts.length * bets.length),
  }
  for (const [b, { share, times }] of bets.entries()) {
    const over = (x: number) => (times > 0 ? exceeds(x / times) : spread(x))
    for (let bin = 0; bin < counts.length; bin++) {
      const high = bin < edges.length ? over(edges[bin] as number) : 0
      const low = bin > 0 ? over(edges[bin - 1] as number) : 1
      law.after[bin * bets.length + b] = (1 - share) * shareOf(law, bin) + share * (low - high)
    }
  }
  for (let bin = 0; bin < counts.length; bin++) law.first[bin] = shareOf(law, bin)
  return law
}

/** How many are not above x. */
function countUpTo(sorted: Float64Array, x: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) <= x) low = middle + 1
    else high = middle
  }
  return low
}

export function binOfSize({ edges }: ScaleLaw, size: number): number {
  let bin = 0
  while (bin < edges.length && size > (edges[bin] as number)) bin++
  return bin
}

/** Share of the rows that a bin is held to have. */
function shareOf({ counts, total, split, beyond }: ScaleLaw, bin: number): number {
  const far = bin - (counts.length - split.length)
  if (far < 0) return (counts[bin] as number) / total
  return (((1 + beyond) / total) * (known * (split[far] as number) + (counts[bin] as number))) / (known + beyond)
}

/** What a row in a bin pays to a bet. */
export const paidFor = (law: ScaleLaw, bin: number, bet: number): number =>
  (law.after[bin * law.bets + bet] as number) / shareOf(law, bin)

/** The same as it was before any row came: for where a change began, whose own rows have entered the law. */
export const paidAtFirst = ({ after, bets, first }: ScaleLaw, bin: number, bet: number): number =>
  (after[bin * bets + bet] as number) / (first[bin] as number)

/** The row enters the law. */
export function learnSize(law: ScaleLaw, bin: number): void {
  law.counts[bin] = (law.counts[bin] as number) + 1
  law.total++
  if (bin >= law.counts.length - law.split.length) law.beyond++
}
