import { hash } from 'node:crypto'

/**
 * The hash of an identity (source, id), as 32 hexadecimal digits: 32 bits of the id, by which an event is found when its source is not known, then
 * 96 bits of SHA-256 of both, which nobody can make collide with the event of another.
 */
export function identityHash(source: string, id: string): string {
  // Neither holds U+0000: the decoder refuses it.
  return prefixDigits(id) + hash('sha256', `${source}\0${id}`, 'hex').slice(0, 24)
}

/** FNV-1a over the UTF-16 units, its bits mixed (murmur3 finaliser). */
function prefixDigits(id: string): string {
  let h = 0x811c9dc5
  for (let i = 0; i < id.length; i++) h = Math.imul(h ^ id.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return ((h ^ (h >>> 16)) >>> 0).toString(16).padStart(8, '0')
}

/** The lowest and the highest hash of an id, as uuid text. */
export function identityRange(id: string): readonly [string, string] {
  const prefix = prefixDigits(id)
  return [`${prefix}-0000-0000-0000-000000000000`, `${prefix}-ffff-ffff-ffff-ffffffffffff`]
}
