import { hash } from 'node:crypto'

/**
 * The hash of an identity (source, id), as 32 hexadecimal digits: 32 bits of the id, by which an event is found when its source is not known, then
 * 96 bits of SHA-256 of both, which nobody can make collide with the event of another.
 */
export function identityHash(source: string, id: string): string {
  // Neither holds U+0000: the decoder refuses it.
  return prefixDigits(id) + hash('sha256', `${source}\0${id}`, 'hex').slice(0, 24)
}

/** Writes the same hash as 16 bytes from `at` on. */
export function writeIdentity(out: Uint8Array, at: number, source: string, id: string): void {
  const prefix = prefixBits(id)
  out[at] = prefix >>> 24
  out[at + 1] = prefix >>> 16
  out[at + 2] = prefix >>> 8
  out[at + 3] = prefix
  // As a text of bytes: half the price of a buffer.
  const digest = hash('sha256', `${source}\0${id}`, 'binary')
  for (let i = 0; i < 12; i++) out[at + 4 + i] = digest.charCodeAt(i)
}

/** FNV-1a over the UTF-16 units, its bits mixed (murmur3 finaliser). */
function prefixBits(id: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < id.length; i++) h = Math.imul(h ^ id.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

const prefixDigits = (id: string): string => prefixBits(id).toString(16).padStart(8, '0')

/** The lowest and the highest hash of an id, as uuid text. */
export function identityRange(id: string): readonly [string, string] {
  const prefix = prefixDigits(id)
  return [`${prefix}-0000-0000-0000-000000000000`, `${prefix}-ffff-ffff-ffff-ffffffffffff`]
}
