/** Seeded numbers of a made stream: mulberry32 and Box–Muller. */
export interface Random {
  uniform(): number
  normal(): number
  /** A place drawn with these weights, which sum to 1. */
  pick(weights: readonly number[]): number
}

export function random(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 0
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  for (let i = 0; i < 8; i++) uniform()
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    pick: (weights) => {
      let u = uniform()
      for (let i = 0; i < weights.length - 1; i++) {
        u -= weights[i] as number
        if (u < 0) return i
      }
      return weights.length - 1
    },
  }
}
