import { hashInt, spread } from '@/lib/learn/inputs/hash'
import type { Enumerated } from './enumerate'
import { find, fullAt, put, startTable, type Table, tableSlots } from './table'

/**
 * Evidence by (who, place, class), made at the second hit. Of every place that has such a cell the rows are counted, by the learner's favourite and
 * how sure it is, so that rows without a hit cost one addition, and a cell catches up with them at its next hit.
 *
 * Full     when three quarters of the table are used, the half with the best splits stays: a flood of places pushes out places without evidence.
 * Bounded  8,192 places and as many cells, 1.5 MB.
 */
export interface Cells {
  places: Table
  /** By place, `countsEach` numbers: rows by favourite (of the first four classes; one lane where there are more) and sureness. */
  counts: Uint32Array
  cells: Table
  /** `numbersEach` numbers a cell (see `num`), and `namesEach` (see `nam`), each cell's together: a row touches many. */
  num: Float64Array
  nam: Int32Array
  /** Places and classes that were hit once of late. */
  once: Uint8Array
  shed: number
}

/** Offsets in `Cells.num`: evidence of each bet, likelihood of the best split, line and time of its first hit, touched rows by sureness at the last
 * hit, mass taken in and the updates it came in, and the share of hits that is borne since the world was found to have moved there. */
export const num = { m: 0, gain: 3, onsetIndex: 4, onsetTime: 5, seen: 6, mass: 9, updates: 10, borne: 11 } as const
export const numbersEach = 12
/** Offsets in `Cells.nam`: key of the place, sides of the place, whose it is (`everybody`, `newcomers`, or an origin's number), the class, looks at the
 * others while the evidence sufficed, hits until the next. */
export const nam = { placeKey: 0, first: 1, second: 2, who: 3, y: 4, held: 5, wait: 6 } as const
export const namesEach = 7

export const everybody = -1
export const newcomers = -2
export const sureBins = 3
export const betsEach = 3
export const lanes = 4
export const countsEach = lanes * sureBins
const onceSlots = 1 << 15

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [findSlot, putSlot, slots, mix, stir, full] = [find, put, tableSlots, hashInt, spread, fullAt]

export const startCells = (): Cells => ({
  places: startTable(),
  counts: new Uint32Array(tableSlots * countsEach),
  cells: startTable(),
  num: new Float64Array(tableSlots * numbersEach),
  nam: new Int32Array(tableSlots * namesEach),
  once: new Uint8Array(onceSlots),
  shed: 0,
})

/** How sure the learner is: 0 most. */
export const sureBin = (disagree: number): number => (disagree < 0.12 ? 0 : disagree < 0.3 ? 1 : 2)

export const laneOf = (favourite: number, classes: number): number => (classes <= lanes ? favourite : 0)

export const isCell = (cells: Cells, slot: number): boolean => cells.cells.key[slot] !== 0

/**
 * @param k which of the row's places. @returns the slot of the cell, made at its second hit; −1 at the first. Makes room first, so that slots stay as
 * they are until the next call.
 */
export function cellOf(
  cells: Cells,
  who: number,
  placeKey: number,
  places: Pick<Enumerated, 'first' | 'second'>,
  k: number,
  y: number,
): number {
  const key = stir(mix(mix(0x7f4a7c15, placeKey), y)) | 0
  const known = findSlot(cells.cells, key)
  if (known >= 0) return known
  const before = key >>> 17
  if (cells.once[before] === 0) {
    cells.once[before] = 1
    return -1
  }
  if (cells.cells.used >= full || cells.places.used >= full) shed(cells)
  if (findSlot(cells.places, placeKey) < 0) {
    const place = putSlot(cells.places, placeKey)
    cells.counts.fill(0, place * countsEach, (place + 1) * countsEach)
  }
  const slot = putSlot(cells.cells, key)
  cells.num.fill(0, slot * numbersEach, (slot + 1) * numbersEach)
  const at = slot * namesEach
  cells.nam[at + nam.placeKey] = placeKey
  cells.nam[at + nam.first] = places.first[k] as number
  cells.nam[at + nam.second] = places.second[k] as number
  cells.nam[at + nam.who] = who
  cells.nam[at + nam.y] = y
  cells.nam[at + nam.held] = 0
  cells.nam[at + nam.wait] = 0
  return slot
}

/** Evidence of all bets of a cell, in false incidents. */
export function evidenceOf(cells: Cells, slot: number): number {
  let total = 0
  for (let b = 0; b < betsEach; b++) total += cells.num[slot * numbersEach + num.m + b] as number
  return total
}

/** Starts its evidence over; what it has seen and bears stays. */
export function clearCell(cells: Cells, slot: number): void {
  const at = slot * numbersEach
  cells.num.fill(0, at + num.m, at + num.gain + 1)
  cells.num[at + num.mass] = 0
  cells.num[at + num.updates] = 0
  cells.nam[slot * namesEach + nam.held] = 0
  cells.nam[slot * namesEach + nam.wait] = 0
}

/** Keeps the better half; of equals, the earlier slots. */
function shed(cells: Cells): void {
  const old = { ...cells }
  const gainOf = (slot: number) => old.num[slot * numbersEach + num.gain] as number
  const gains = new Float64Array(old.cells.used)
  let filled = 0
  for (let slot = 0; slot < slots; slot++) if (isCell(old, slot)) gains[filled++] = gainOf(slot)
  const least = gains.sort()[filled >> 1] as number
  Object.assign(cells, startCells(), { shed: cells.shed + 1 })
  for (let slot = 0; slot < slots && cells.cells.used < fullAt / 2; slot++) {
    if (!isCell(old, slot) || gainOf(slot) < least) continue
    const placeKey = old.nam[slot * namesEach + nam.placeKey] as number
    if (findSlot(cells.places, placeKey) < 0) {
      const from = findSlot(old.places, placeKey) * countsEach
      cells.counts.set(old.counts.subarray(from, from + countsEach), putSlot(cells.places, placeKey) * countsEach)
    }
    const to = putSlot(cells.cells, old.cells.key[slot] as number)
    cells.num.set(old.num.subarray(slot * numbersEach, (slot + 1) * numbersEach), to * numbersEach)
    cells.nam.set(old.nam.subarray(slot * namesEach, (slot + 1) * namesEach), to * namesEach)
  }
}
