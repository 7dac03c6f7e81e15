/** A seeded stream of uniforms in [0, 1): mulberry32 (T. Ettinger, public domain). The demo's only source of chance. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Fisher–Yates, into a new array. */
export function shuffled<T>(items: readonly T[], uniform: () => number): T[] {
  const out = [...items]
  for (let last = out.length - 1; last > 0; last--) {
    const pick = Math.floor(uniform() * (last + 1))
    const held = out[last] as T
    out[last] = out[pick] as T
    out[pick] = held
  }
  return out
}
