import { spread } from '@/lib/learn/inputs/hash'
import { bets, loseStakes } from './bet'

/**
 * The patterns under watch, at most 32,768, 89 bytes each: open buckets of eight. A pattern has one label that it is suspected of.
 *
 * A newcomer takes the place of the unit with the least evidence of its bucket, old ones first, and never of one with more than itself: whoever
 * fills the table pushes out what shows nothing.
 */
export interface UnitTable {
  key: Uint32Array
  /** Suspected label; `free` where there is no unit. */
  label: Uint8Array
  /** Evidence in false incidents, `bets` numbers each: against the first null, then against the second (./bet.ts). Read it by `evidenceOf`. */
  m: Float64Array
  /** Its tallies, `eachTally` numbers each (`tally`): what is read together lies together. */
  tallies: Float32Array
  /** Restart mass of its hits, summed; line of its first. */
  mass: Float64Array
  since: Float64Array
  /** A bit for each place that a key in the table may hash to: most patterns of a row have no unit, and are told apart by this alone. */
  bits: Uint32Array
  /** Units added since the bits were last written anew. */
  added: number
}

/** Of a unit: */
export const tally = {
  /** rows whose other inputs say another class, and the label is the suspected one; is not; rows whose other inputs say so too; */
  hits: 0,
  misses: 1,
  agrees: 2,
  /** of these the misses, and the agreeing rows that are like their label, whose factors are still to be taken; */
  owedMisses: 3,
  owedAgrees: 4,
  /** chance of a hit, summed over hits and misses; */
  expected: 5,
  /** line of its latest row, modulo 2^24; */
  latest: 6,
  /** 1: it is of words, whose evidence must refute both nulls; */
  twofold: 7,
  /** the number that its first row bore, in single precision; 0 where labels are classes. */
  number: 8,
} as const
export const eachTally = 9
/** Lines are kept modulo this, which single precision holds. */
export const lineMask = (1 << 24) - 1

const bucketBits = 12
export const bucketSize = 8
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
/** The upper bits of a spread key are its place among the bits. */
export const filterShift = 32 - filterBits
const addedBeforeRenewal = 1 << 16

const room = (units: number) => ({
  key: new Uint32Array(units),
  label: new Uint8Array(units).fill(free),
  m: new Float64Array(bets * units),
  tallies: new Float32Array(eachTally * units),
  mass: new Float64Array(units),
  since: new Float64Array(units),
  bits: new Uint32Array(units > 0 ? 1 << (filterBits - 5) : 0),
  added: 0,
})

/** Without places until the first unit: many models are never taught. */
export const startUnitTable = (): UnitTable => room(0)

export const bucketMask = (1 << bucketBits) - 1

function setBit({ bits }: UnitTable, key: number): void {
  const hash = stir(key) >>> filterShift
  bits[hash >>> 5] = (bits[hash >>> 5] as number) | (1 << (hash & 31))
}

/** @param hash of the key, spread. @returns the unit's place, or `nowhere`. */
export function findUnit({ key: keys, label, bits }: UnitTable, key: number, hash = stir(key)): number {
  const bit = hash >>> filterShift
  if (keys.length === 0 || ((bits[bit >>> 5] as number) & (1 << (bit & 31))) === 0) return nowhere
  const from = (hash & bucketMask) * bucketSize
  for (let at = from; at < from + bucketSize; at++) if (keys[at] === key && label[at] !== free) return at
  return nowhere
}

/** Takes the factors that are owed: the whole stake is lost on each such row, so that their number tells the product. */
export function settle({ m, tallies }: UnitTable, at: number): void {
  const from = each * at
  const own = eachTally * at
  const misses = tallies[own + tally.owedMisses] as number
  if (misses > 0) loseStakes(m, from, misses)
  const agrees = tallies[own + tally.owedAgrees] as number
  if (agrees > 0) loseStakes(m, from + 2, agrees)
  tallies[own + tally.owedMisses] = tallies[own + tally.owedAgrees] = 0
}

/** What refutes the first null, and of words the second too. */
export function evidenceOf(table: UnitTable, at: number): number {
  settle(table, at)
  const { m, tallies } = table
  const from = each * at
  const first = (m[from] as number) + (m[from + 1] as number)
  return tallies[eachTally * at + tally.twofold] === 1
    ? Math.min(first, (m[from + 2] as number) + (m[from + 3] as number))
    : first
}

/** @param evidence what it begins with. @returns its place, or `nowhere` where all others have more. */
export function addUnit(
  table: UnitTable,
  key: number,
  label: number,
  number: number,
  evidence: number,
  index: number,
): number {
  if (table.key.length === 0) Object.assign(table, room(mostUnits))
  const from = (stir(key) & bucketMask) * bucketSize
  let place = nowhere
  let least = evidence
  for (let at = from; at < from + bucketSize; at++) {
    if (table.label[at] === free) {
      place = at
      break
    }
    const age = ((index - (table.tallies[eachTally * at + tally.latest] as number)) & lineMask) / staleRows
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
  clearUnit(table, place, label, number, index)
  return place
}

function renewBits(table: UnitTable): void {
  table.added = 0
  table.bits.fill(0)
  for (let at = 0; at < mostUnits; at++) if (table.label[at] !== free) setBit(table, table.key[at] as number)
}

/** Starts it over, suspected of a label, or of this number. */
export function clearUnit(table: UnitTable, at: number, label: number, number: number, index: number): void {
  table.label[at] = label
  table.m.fill(0, each * at, each * (at + 1))
  const twofold = table.tallies[eachTally * at + tally.twofold] as number
  table.tallies.fill(0, eachTally * at, eachTally * (at + 1))
  table.tallies[eachTally * at + tally.twofold] = twofold
  table.tallies[eachTally * at + tally.latest] = index & lineMask
  table.tallies[eachTally * at + tally.number] = number
  table.mass[at] = 0
  table.since[at] = index
}
