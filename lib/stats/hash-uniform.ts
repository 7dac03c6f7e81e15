/**
 * A uniform number in (0, 1) from a key and a counter: the randomness of ranks and ties, the same in every run, on every machine.
 *
 * The key is hashed once (FNV-1a, 32 bits, two lanes); the counter is stirred in by two rounds of the murmur3 finaliser. 53 bits; never 0 or 1.
 * Source: Appleby, MurmurHash3 (public domain); Fowler, Noll & Vo.
 */
export function hashUniform(key: string, n: number): number {
  let seed = seeds.get(key)
  if (seed === undefined) {
    if (seeds.size >= mostSeeds) seeds.clear()
    seed = keySeed(key)
    seeds.set(key, seed)
  }
  return uniformFrom(seed, n)
}

/** Seeds of the keys in use: a few detectors' names, drawn with at every event. */
const seeds = new Map<string, number>()
const mostSeeds = 256

/** The part of the hash that depends on the key alone, for callers that draw often. */
export function keySeed(key: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < key.length; i++) {
    const code = key.charCodeAt(i)
    hash = Math.imul(hash ^ (code & 255), 0x01000193)
    hash = Math.imul(hash ^ (code >>> 8), 0x01000193)
  }
  return mix(hash)
}

/** `n` may be any integer up to 2^53. */
export function uniformFrom(seed: number, n: number): number {
  const low = n >>> 0
  const high = Math.floor(n / 4294967296) >>> 0
  let a = mix((seed + Math.imul(low, 0x9e3779b1)) ^ high)
  a = mix((a ^ low) + 0x85ebca6b)
  const b = mix(Math.imul(a, 0xc2b2ae35) ^ seed ^ 0x27d4eb2f)
  return ((a >>> 5) * 67108864 + (b >>> 6) + 0.5) / 9007199254740992
}

function mix(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
