/**
 * Which place of a ring holds an id: chains of places by a hash of 64 bits, in typed arrays. The ids themselves are not kept: among 100,000 open
 * ones two agree by chance once in some billion streams, and a Map of strings costs four times the time and memory.
 */
export interface IdTable {
  /** First place of each chain, and the one after each place; −1: none. */
  heads: Int32Array
  after: Int32Array
  /** Hash of the id at each place, in two halves. */
  low: Int32Array
  high: Int32Array
}

export function startIdTable(places: number): IdTable {
  const chains = 2 ** Math.ceil(Math.log2(places + 1))
  return {
    heads: new Int32Array(chains).fill(-1),
    after: new Int32Array(places).fill(-1),
    low: new Int32Array(places),
    high: new Int32Array(places),
  }
}

/** The table with room for more places; all that are in it stay. */
export function growIdTable(table: IdTable, places: number, used: number): IdTable {
  const grown = startIdTable(places)
  for (let place = 0; place < used; place++)
    putPlace(grown, place, table.low[place] as number, table.high[place] as number)
  return grown
}

/** The two halves of the latest `hashId`. */
export const hashed = new Int32Array(2)

/** FNV-1a over UTF-16 units, stirred; two seeds make the two halves, side by side, for neither waits for the other. */
export function hashId(id: string): void {
  let low = 0x811c9dc5
  let high = 0x9747b28c
  for (let i = 0; i < id.length; i++) {
    const unit = id.charCodeAt(i)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high ^ unit, 0x85ebca6b)
  }
  hashed[0] = stirred(low)
  hashed[1] = stirred(high)
}

function stirred(hash: number): number {
  const a = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35)
  return a ^ (a >>> 16)
}

/** The place of the id, the latest put where there are several; −1: none. */
export function findPlace(table: IdTable, low: number, high: number): number {
  let place = table.heads[low & (table.heads.length - 1)] as number
  while (place >= 0 && (table.low[place] !== low || table.high[place] !== high)) place = table.after[place] as number
  return place
}

export function putPlace(table: IdTable, place: number, low: number, high: number): void {
  const chain = low & (table.heads.length - 1)
  table.low[place] = low
  table.high[place] = high
  table.after[place] = table.heads[chain] as number
  table.heads[chain] = place
}

/** Takes the place out of its chain, if it is in one. */
export function dropPlace(table: IdTable, place: number): void {
  const { heads, after } = table
  const chain = (table.low[place] as number) & (heads.length - 1)
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
