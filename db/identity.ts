import { createHash } from 'node:crypto'

/** Bytes of one identity in a packed list, as `event_key.hash` holds it. */
export const identityBytes = 16

/**
 * Writes the hash of an identity (source, id): 32 bits of the id, by which an event is found when its source is not known, then 96 bits of
 * SHA-256 of both, which nobody can make collide with the event of another.
 */
export function writeIdentity(into: Buffer, at: number, source: string, id: string): void {
  into.writeUInt32BE(idPrefix(id), at)
  // Neither holds U+0000: the decoder refuses it.
  createHash('sha256')
    .update(`${source}\0${id}`)
    .digest()
    .copy(into, at + 4, 0, 12)
}

/** FNV-1a over the UTF-16 units, its bits mixed (murmur3 finaliser). */
export function idPrefix(id: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < id.length; i++) h = Math.imul(h ^ id.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** The lowest and the highest hash of an id, as uuid text. */
export function identityRange(id: string): readonly [string, string] {
  const prefix = idPrefix(id).toString(16).padStart(8, '0')
  return [`${prefix}-0000-0000-0000-000000000000`, `${prefix}-ffff-ffff-ffff-ffffffffffff`]
}
