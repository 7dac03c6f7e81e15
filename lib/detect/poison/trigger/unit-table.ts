import { spread } from '@/lib/learn/hash'
import { bets } from './bet'

/**
 * The patterns under watch, at most 32,768, 80 bytes each: open buckets of eight. A pattern has one label that it is suspected of.
 *
 * A newcomer takes the place of the unit with the least evidence of its bucket, old ones first, and never of one with more than itself: whoever
 * fills the table pushes out what shows nothing.
 */
export interface UnitTable {
  key: Uint32Array
  /** Suspected label; `free` where there is no unit. */
  label: Uint8Array
  /** Evidence in false incidents, `bets` numbers each: against the first null, then against the second (./bet.ts). */
  m: Float64Array
  /** 1: of words, whose evidence must refute both nulls. */
  twofold: Uint8Array
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
  /** A bit for each place that a key in the table may hash to: most patterns of a row have no unit, and are told apart by this alone. */
  bits: Uint32Array
  /** Units added since the bits were last written anew. */
  added: number
}

const bucketBits = 12
const bucketSize = 8
export const mostUnits = bucketSize << bucketBits
export const free = 255
/** In place of the label: a word that was met so often without it that it is none. Its place stays taken while it is met. */
export const retired = 254
export const nowhere = -1
// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [stir, each] = [spread, bets]
/** Lines after which a unit that was not met counts as much less. */
const staleRows = 20_000

const filterBits = 18
const addedBeforeRenewal = 1 << 16

const room = (units: number) => ({
  key: new Uint32Array(units),
  label: new Uint8Array(units).fill(free),
  m: new Float64Array(bets * units),
  twofold: new Uint8Array(units),
  hits: new Uint16Array(units),
  misses: new Uint16Array(units),
  agrees: new Uint16Array(units),
  expected: new Float32Array(units),
  mass: new Float64Array(units),
  since: new Float64Array(units),
  latest: new Float64Array(units),
  bits: new Uint32Array(units > 0 ? 1 << (filterBits - 5) : 0),
  added: 0,
})

/** Without places until the first unit: many models are never taught. */
export const startUnitTable = (): UnitTable => room(0)

const bucketMask = (1 << bucketBits) - 1

function setBit({ bits }: UnitTable, key: number): void {
  const hash = stir(key) >>> (32 - filterBits)
  bits[hash >>> 5] = (bits[hash >>> 5] as number) | (1 << (hash & 31))
}

/** @param hash of the key, spread. @returns the unit's place, or `nowhere`. */
export function findUnit({ key: keys, label, bits }: UnitTable, key: number, hash = stir(key)): number {
  const bit = hash >>> (32 - filterBits)
  if (keys.length === 0 || ((bits[bit >>> 5] as number) & (1 << (bit & 31))) === 0) return nowhere
  const from = (hash & bucketMask) * bucketSize
  for (let at = from; at < from + bucketSize; at++) if (keys[at] === key && label[at] !== free) return at
  return nowhere
}

/** What refutes the first null, and of words the second too. */
export function evidenceOf({ m, twofold }: UnitTable, at: number): number {
  const from = each * at
  const first = (m[from] as number) + (m[from + 1] as number)
  return twofold[at] === 1 ? Math.min(first, (m[from + 2] as number) + (m[from + 3] as number)) : first
}

/** @param evidence what it begins with. @returns its place, or `nowhere` where all others have more. */
export function addUnit(table: UnitTable, key: number, label: number, evidence: number, index: number): number {
  if (table.key.length === 0) Object.assign(table, room(mostUnits))
  const from = (stir(key) & bucketMask) * bucketSize
  let place = nowhere
  let least = evidence
  for (let at = from; at < from + bucketSize; at++) {
    if (table.label[at] === free) {
      place = at
      break
    }
    const age = (index - (table.latest[at] as number)) / staleRows
    const worth = table.label[at] === retired && age < 1 ? 1 : evidenceOf(table, at) * Math.exp(-age)
    if (worth <= least) {
      least = worth
      place = at
    }
  }
  if (place === nowhere) return nowhere
  table.key[place] = key
  setBit(table, key)
  if (++table.added >= addedBeforeRenewal) renewBits(table)
  clearUnit(table, place, label, index)
  return place
}

function renewBits(table: UnitTable): void {
  table.added = 0
  table.bits.fill(0)
  for (let at = 0; at < mostUnits; at++) if (table.label[at] !== free) setBit(table, table.key[at] as number)
}

/** Starts it over, suspected of a label. */
export function clearUnit(table: UnitTable, at: number, label: number, index: number): void {
  table.label[at] = label
  table.m.fill(0, bets * at, bets * (at + 1))
  table.hits[at] = table.misses[at] = table.agrees[at] = 0
  table.expected[at] = table.mass[at] = 0
  table.since[at] = table.latest[at] = index
}

const most = 0xffff
export function bump(counts: Uint16Array, at: number): void {
  if ((counts[at] as number) < most) counts[at] = (counts[at] as number) + 1
}
