import { normalCdf, normalQuantile } from '@/lib/stats/normal'

/**
 * Bets on conformal ranks: what a rank p in (0, 1), uniform while nothing changes, would rather be if something had. A rank counts by the bin of
 * `rankCuts` it falls in; a bet is a row of e-values by bin, and each row has expectation exactly 1 under uniform ranks.
 * Source: recipes/drift.md §1.
 */
export const rankCuts = Float64Array.of(
  0,
  0.0005,
  0.002,
  0.008,
  0.03,
  0.07,
  0.14,
  0.25,
  0.375,
  0.5,
  0.625,
  0.75,
  0.86,
  0.93,
  0.97,
  0.992,
  0.998,
  0.9995,
  1,
)
export const rankBins = rankCuts.length - 1
export const rankWidths = Float64Array.from({ length: rankBins }, (_, k) => at(rankCuts, k + 1) - at(rankCuts, k))

/** Bin of each two-thousandth: no cut lies within one. */
const startBins = Uint8Array.from({ length: 2001 }, (_, cell) => {
  let k = 0
  while (k < rankBins - 1 && (cell + 0.5) / 2000 >= (rankCuts[k + 1] as number)) k++
  return k
})

/** The bin of a rank in [0, 1]. */
export function rankBin(p: number): number {
  const k = startBins[(p * 2000) | 0] as number
  // A rank next to a cut may have been rounded over it.
  if (p < (rankCuts[k] as number)) return k - 1
  return k < rankBins - 1 && p >= (rankCuts[k + 1] as number) ? k + 1 : k
}

function at(array: ArrayLike<number>, i: number): number {
  return array[i] as number
}

const scores = Array.from(rankCuts, normalQuantile)

/** The rank of a standard normal value that has become N(mu, sigma²). */
export function normalBet(mu: number, sigma: number): number[] {
  return Array.from(rankWidths, (width, k) => {
    const mass = normalCdf((at(scores, k + 1) - mu) / sigma) - normalCdf((at(scores, k) - mu) / sigma)
    return Math.max(1e-12, mass) / width
  })
}

/** The same, ranked among values of which `part` have become N(mu, sigma²) too. */
export function agedBet(mu: number, sigma: number, part: number): number[] {
  const among = (x: number) => (1 - part) * normalCdf(x) + part * normalCdf((x - mu) / sigma)
  const cuts = Array.from(rankCuts, (p) => {
    if (p === 0) return Number.NEGATIVE_INFINITY
    if (p === 1) return Number.POSITIVE_INFINITY
    let [low, high] = [-10, 10]
    for (let halving = 0; halving < 45; halving++) {
      const middle = (low + high) / 2
      if (among(middle) < p) low = middle
      else high = middle
    }
    return high
  })
  return Array.from(rankWidths, (width, k) => {
    const mass = normalCdf((at(cuts, k + 1) - mu) / sigma) - normalCdf((at(cuts, k) - mu) / sigma)
    return Math.max(1e-12, mass) / width
  })
}

/** A share `low` of all ranks in the lowest bin, `high` in the highest, the rest as before. */
function tailBet(low: number, high: number): number[] {
  const rest = (1 - low - high) / (1 - 2 * at(rankWidths, 0))
  const q = Array.from(rankWidths, (width) => width * rest)
  q[0] = Math.max(low, at(rankWidths, 0) * (1 - low - high))
  q[rankBins - 1] = Math.max(high, at(rankWidths, 0) * (1 - low - high))
  const sum = q.reduce((a, b) => a + b, 0)
  return q.map((mass, k) => mass / sum / at(rankWidths, k))
}

const table = (rows: number[][]): Float64Array => Float64Array.from(rows.flat())
const shifts = [0.1, 0.2, 0.4, 0.8, 1.6]
const scales = [0.4, 0.75, 0.9, 1.1, 1.25, 1.7]

/** `up`: only towards larger values, for residuals. */
export type RankSide = 'both' | 'up'

/** Location either way, scale, all alike: for light units (drift/rank-book). Rows of `rankBins` e-values. */
export const rankBets = {
  both: {
    fixed: table([
      ...shifts.flatMap((mu) => [normalBet(mu, 1), normalBet(-mu, 1)]),
      ...scales.map((sigma) => normalBet(0, sigma)),
    ]),
  },
}

/** The same e-values with the bets of a bin side by side, as an update reads them. */
const byBin = (rows: Float64Array): Float64Array => {
  const bets = rows.length / rankBins
  return rows.map((_, at) => rows[(at % bets) * rankBins + Math.floor(at / bets)] as number)
}
export const rankTables = { both: { fixed: byBin(rankBets.both.fixed) } }

/** Finer alternatives, for the likelihood of a split and not for money: where did it begin? Natural logarithms. */
const locate = [0.15, 0.25, 0.4, 0.6, 0.8, 1.2, 1.8, 2.5]
const logs = (rows: number[][]): Float64Array => table(rows).map(Math.log)
export const onsetBets = {
  shape: logs([
    ...locate.flatMap((mu) => [normalBet(mu, 1), normalBet(-mu, 1)]),
    ...[0.3, 0.5, 0.75, 1.1, 1.25, 1.5, 2].map((sigma) => normalBet(0, sigma)),
  ]),
  tail: logs([
    tailBet(0.01, 0),
    tailBet(0, 0.01),
    tailBet(0.007, 0.007),
    tailBet(0.03, 0.03),
    tailBet(0, 0.03),
    tailBet(0.03, 0),
    tailBet(0, 0.1),
  ]),
}

/** Middle of each bin on the normal scale: what the mean of ranks says in standard deviations. */
export const rankScores = Float64Array.from({ length: rankBins }, (_, k) =>
  normalQuantile((at(rankCuts, k) + at(rankCuts, k + 1)) / 2),
)
