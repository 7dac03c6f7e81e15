import { keySeed } from '@/lib/stats/hash-uniform'

/** A seeded source of chance for made streams: small, quick, and not the one that detectors draw from (sfc32, C. Doty-Humphrey). */
export interface Random {
  uniform(): number
  normal(): number
  /** Heavy tails: Student's t with two degrees of freedom. */
  heavy(): number
  chance(p: number): boolean
  below(n: number): number
  pick<T>(from: readonly T[], weights?: readonly number[]): T
}

export function seededRandom(seed: string): Random {
  let [a, b, c, d] = [keySeed(seed), keySeed(`${seed}/b`), keySeed(`${seed}/c`), 1]
  const uniform = () => {
    const t = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    return ((t >>> 0) + 0.5) / 4294967296
  }
  for (let i = 0; i < 15; i++) uniform()
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
  return {
    uniform,
    normal,
    heavy: () => normal() / Math.sqrt(-Math.log(uniform())),
    chance: (p) => uniform() < p,
    below: (n) => Math.floor(uniform() * n),
    pick(from, weights) {
      let left = uniform() * (weights ? weights.reduce((x, y) => x + y, 0) : from.length)
      for (const [i, item] of from.entries()) {
        left -= weights ? (weights[i] ?? 0) : 1
        if (left < 0) return item
      }
      return from.at(-1) as (typeof from)[number]
    },
  }
}
