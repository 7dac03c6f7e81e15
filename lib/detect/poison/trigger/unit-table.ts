import { spread } from '@/lib/learn/hash'

/**
 * The patterns under watch, at most 32,768, 53 bytes each: open buckets of eight. A pattern has one label that it is suspected of.
 *
 * A newcomer takes the place of the unit with the least evidence of its bucket, old ones first, and never of one with more than itself: whoever
 * fills the table pushes out what shows nothing.
 */
export interface UnitTable {
  key: Uint32Array
  /** Suspected label; `free` where there is no unit. */
  label: Uint8Array
  /** Evidence of each of the two bets, in false incidents. */
  m: Float64Array
  /** Rows whose other inputs say another class, and the label is the suspected one; is not; rows whose other inputs say so too. */
  hits: Uint16Array
  misses: Uint16Array
  agrees: Uint16Array
  /** Chance of a hit, summed over hits and misses; restart mass, likewise. */
  expected: Float32Array
  mass: Float64Array
  /** Lines of the first hit and of the latest row. */
  since: Float64Array
  latest: Float64Array
}

const bucketBits = 12
const bucketSize = 8
export const mostUnits = bucketSize << bucketBits
export const free = 255
export const nowhere = -1
/** Lines after which a unit that was not met counts as much less. */
const staleRows = 20_000

const room = (units: number) => ({
  key: new Uint32Array(units),
  label: new Uint8Array(units).fill(free),
  m: new Float64Array(2 * units),
  hits: new Uint16Array(units),
  misses: new Uint16Array(units),
  agrees: new Uint16Array(units),
  expected: new Float32Array(units),
  mass: new Float64Array(units),
  since: new Float64Array(units),
  latest: new Float64Array(units),
})

/** Without places until the first unit: many models are never taught. */
export const startUnitTable = (): UnitTable => room(0)

const bucketOf = (key: number) => (spread(key) & ((1 << bucketBits) - 1)) * bucketSize

/** @returns the unit's place, or `nowhere`. */
export function findUnit(table: UnitTable, key: number): number {
  if (table.key.length === 0) return nowhere
  const from = bucketOf(key)
  for (let at = from; at < from + bucketSize; at++) if (table.key[at] === key && table.label[at] !== free) return at
  return nowhere
}

export const evidenceOf = (table: UnitTable, at: number) => (table.m[2 * at] as number) + (table.m[2 * at + 1] as number)

/** @param evidence what it begins with. @returns its place, or `nowhere` where all others have more. */
export function addUnit(table: UnitTable, key: number, label: number, evidence: number, index: number): number {
  if (table.key.length === 0) Object.assign(table, room(mostUnits))
  const from = bucketOf(key)
  let place = nowhere
  let least = evidence
  for (let at = from; at < from + bucketSize; at++) {
    if (table.label[at] === free) {
      place = at
      break
    }
    const age = (index - (table.latest[at] as number)) / staleRows
    const worth = evidenceOf(table, at) * Math.exp(-age)
    if (worth <= least) {
      least = worth
      place = at
    }
  }
  if (place === nowhere) return nowhere
  table.key[place] = key
  clearUnit(table, place, label, index)
  return place
}

/** Starts it over, suspected of a label. */
export function clearUnit(table: UnitTable, at: number, label: number, index: number): void {
  table.label[at] = label
  table.m[2 * at] = table.m[2 * at + 1] = 0
  table.hits[at] = table.misses[at] = table.agrees[at] = 0
  table.expected[at] = table.mass[at] = 0
  table.since[at] = table.latest[at] = index
}

const most = 0xffff
export function bump(counts: Uint16Array, at: number): void {
  if ((counts[at] as number) < most) counts[at] = (counts[at] as number) + 1
}
