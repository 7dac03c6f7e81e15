import { onsetBets, rankBin, rankBins, rankWidths } from '@/lib/evidence/rank-bets'

/** Where in a run of ranks a change begins, and how much better than "no change" the best alternative explains what follows, in nats. */
export interface Split {
  at: number
  nats: number
}

/**
 * The best split of rank bins in order, under every alternative of `onsetBets` and under shares learned on the way back (Dirichlet, weight 8, which
 * pays for its learning). As `numericOnset`, for rows that are not kept as ranks. Source: recipes/drift.md §4.
 */
export function bestSplit(ranks: ArrayLike<number>): Split {
  const best: Split = { at: Math.max(0, ranks.length - 1), nats: Number.NEGATIVE_INFINITY }
  for (const bets of [onsetBets.shape, onsetBets.tail]) {
    for (let bet = 0; bet < bets.length; bet += rankBins) {
      let nats = 0
      for (let i = ranks.length - 1; i >= 0; i--) {
        nats += bets[bet + (ranks[i] as number)] as number
        if (nats > best.nats) {
          best.nats = nats
          best.at = i
        }
      }
    }
  }
  const seen = new Float64Array(rankBins)
  const weight = 8
  let nats = 0
  for (let i = ranks.length - 1, total = 0; i >= 0; i--, total++) {
    const k = ranks[i] as number
    const width = rankWidths[k] as number
    nats += Math.log(((seen[k] as number) + weight * width) / (total + weight) / width)
    seen[k] = (seen[k] as number) + 1
    if (nats > best.nats) {
      best.nats = nats
      best.at = i
    }
  }
  return best
}

/** Nats by which the best alternative of location or scale explains all these ranks better than "no change"; 0 for none. */
export function gainOf(ranks: ArrayLike<number>): number {
  const { shape } = onsetBets
  let best = 0
  for (let bet = 0; bet < shape.length; bet += rankBins) {
    let nats = 0
    for (let i = 0; i < ranks.length; i++) nats += shape[bet + (ranks[i] as number)] as number
    best = Math.max(best, nats)
  }
  return best
}

/** Rank bins of values, given by their bins, among a histogram that stays as it is; `u` breaks ties, and is uniform and its own for each value. */
export function ranksAmong(counts: ArrayLike<number>, bins: ArrayLike<number>, u: (i: number) => number): Uint8Array {
  const below = new Float64Array(counts.length + 1)
  for (let b = 0; b < counts.length; b++) below[b + 1] = (below[b] as number) + (counts[b] as number)
  const total = (below[counts.length] as number) + 1
  return Uint8Array.from(bins, (b, i) => rankBin(((below[b] as number) + u(i) * ((counts[b] as number) + 1)) / total))
}
