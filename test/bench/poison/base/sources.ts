import type { Random } from '../../drift/stream/random'

const styles = ['vendor', 'feed', 'partner', 'site', 'team', 'crawler', 'shop', 'unit']

export interface Sources {
  readonly ids: readonly string[]
  readonly kind: string
  readonly weights: readonly number[]
  /** The number of the source that sends the next row. */
  deal(): number
}

/** Names that say nothing of rank; sizes by Zipf with an exponent of the seed. */
export function zipfSources(random: Random, count: number, kind = random.pick(styles)): Sources {
  const ids = new Set<string>()
  while (ids.size < count) ids.add(`${kind}-${random.below(9000) + 100}`)
  const s = 0.7 + 0.5 * random.uniform()
  const weights = Array.from({ length: count }, (_, i) => (i + 2) ** -s)
  const deal = dealer(random, weights)
  return { ids: [...ids], kind, weights, deal }
}

/** Draws places by weight: cumulated once, found by bisection. */
export function dealer(random: Random, weights: readonly number[]): () => number {
  const sums = new Float64Array(weights.length)
  let total = 0
  for (const [i, w] of weights.entries()) {
    total += w
    sums[i] = total
  }
  return () => {
    const at = random.uniform() * total
    let low = 0
    let high = sums.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] as number) > at) high = middle
      else low = middle + 1
    }
    return low
  }
}

/** Weights bent by as much as e^±`by`: what one source sends more of than another. */
export const bent = (random: Random, weights: readonly number[], by: number): number[] =>
  weights.map((w) => w * Math.exp(by * random.normal()))
