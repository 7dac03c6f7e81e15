/** FNV-1a over UTF-16 units, 32 bits, unsigned: where a feature's name and value live in a hash table. Source: Fowler, Noll & Vo. */
export const hashStart = 0x811c9dc5

/** Goes on from `hash` with the units of `text` in [from, to). */
export function hashText(hash: number, text: string, from = 0, to = text.length): number {
  let h = hash
  for (let i = from; i < to; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h >>> 0
}

/** Goes on from `hash` with a 32-bit integer. */
export function hashInt(hash: number, value: number): number {
  let h = Math.imul(hash ^ (value & 0xffff), 0x01000193)
  h = Math.imul(h ^ (value >>> 16), 0x01000193)
  return h >>> 0
}

/** Spreads the bits (murmur3 finaliser), so that the low ones alone make a good table index. */
export function spread(hash: number): number {
  let h = hash
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
