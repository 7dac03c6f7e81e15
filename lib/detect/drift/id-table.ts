/**
 * Which place of a ring holds an id: chains of places by hash, in typed arrays. A Map of 50,000 strings that come and go costs four times as much,
 * and its snapshot twice. The strings themselves stay with the caller, in `ids` by place.
 */
export interface IdTable {
  /** First place of each chain, and the one after each place; −1: none. */
  heads: Int32Array
  after: Int32Array
  /** Hash of the id at each place. */
  hashes: Int32Array
}

export function startIdTable(places: number): IdTable {
  const chains = 2 ** Math.ceil(Math.log2(places + 1))
  return {
    heads: new Int32Array(chains).fill(-1),
    after: new Int32Array(places).fill(-1),
    hashes: new Int32Array(places),
  }
}

/** FNV-1a over UTF-16 units in two lanes, stirred. */
export function hashId(id: string): number {
  let a = 0x811c9dc5
  let b = 0x9747b28c
  const even = id.length & ~1
  for (let i = 0; i < even; i += 2) {
    a = Math.imul(a ^ id.charCodeAt(i), 0x01000193)
    b = Math.imul(b ^ id.charCodeAt(i + 1), 0x01000193)
  }
  if (even < id.length) a = Math.imul(a ^ id.charCodeAt(even), 0x01000193)
  a = Math.imul(a ^ (a >>> 15) ^ Math.imul(b, 0x85ebca6b), 0xc2b2ae35)
  return a ^ (a >>> 16)
}

/** The place of the id, the latest put where there are several; −1: none. */
export function findPlace(table: IdTable, ids: readonly string[], id: string, hash: number): number {
  const { after, hashes } = table
  let place = table.heads[hash & (table.heads.length - 1)] as number
  while (place >= 0 && (hashes[place] !== hash || ids[place] !== id)) place = after[place] as number
  return place
}

export function putPlace(table: IdTable, place: number, hash: number): void {
  const chain = hash & (table.heads.length - 1)
  table.hashes[place] = hash
  table.after[place] = table.heads[chain] as number
  table.heads[chain] = place
}

/** Takes the place out of its chain, if it is in one. */
export function dropPlace(table: IdTable, place: number): void {
  const { heads, after } = table
  const chain = (table.hashes[place] as number) & (heads.length - 1)
  let at = heads[chain] as number
  if (at === place) {
    heads[chain] = after[place] as number
    return
  }
  while (at >= 0) {
    const next = after[at] as number
    if (next === place) {
      after[at] = after[place] as number
      return
    }
    at = next
  }
}
