import type { Random } from './random'

const hourMs = 3_600_000

/** Event times of predictions: from seconds to most of an hour apart, evenly, at random or in bursts. */
export function anyClock(random: Random, meanMs?: number): () => number {
  let now = Date.UTC(2024, random.below(24), 1 + random.below(27), random.below(24), random.below(60))
  const gap = meanMs ?? 2000 * 1800 ** random.uniform()
  const kind = random.pick(['even', 'random', 'bursts'] as const)
  let left = 0
  return () => {
    if (kind === 'even') now += gap
    else if (kind === 'random') now += -gap * Math.log(random.uniform())
    else if (left-- > 0) now += 0.1 * gap
    else {
      left = random.below(200)
      now += 0.9 * gap * left + hourMs * 0.01
    }
    return Math.round(now)
  }
}
