import { hashInt, spread } from '@/lib/learn/hash'
import { find, fullAt, put, startTable, type Table, tableSlots } from './table'

/**
 * Evidence by (who, place, class), made at the first hit. Of every place that has such a cell the rows are counted, by the learner's favourite and
 * how sure it is, so that rows without a hit cost one addition, and a cell catches up with them at its next hit.
 *
 * Full     when three quarters of the table are used, the half with the best splits stays: a flood of places pushes out places without evidence.
 * Bounded  16,384 places and as many cells, 3 MB.
 */
export interface Cells {
  places: Table
  /** By place, `countsEach` numbers: rows by favourite (of the first four classes; one lane where there are more) and sureness. */
  counts: Uint32Array
  cells: Table
  /** Slot key of each cell's place, its class, the sides of the place, and whose it is (`everybody`, `newcomers`, or an origin's number). */
  placeKey: Int32Array
  y: Uint8Array
  first: Int32Array
  second: Int32Array
  who: Int32Array
  m: Float64Array
  /** Log-likelihood of the best split, and the line and time of its first hit. */
  gain: Float64Array
  onsetIndex: Float64Array
  onsetTime: Float64Array
  /** Touched rows by sureness at its last hit. */
  seen: Uint32Array
  /** Mass taken in and the updates it came in. */
  mass: Float64Array
  updates: Uint32Array
  /** Share of hits that is borne: raised when the world was found to have moved here. */
  borne: Float32Array
  /** Looks at the others while the evidence sufficed, and hits until the next. */
  held: Uint16Array
  wait: Uint16Array
  shed: number
}

export const everybody = -1
export const newcomers = -2
export const sureBins = 3
export const lanes = 4
const countsEach = lanes * sureBins
export const betsEach = 3

export const startCells = (): Cells => ({
  places: startTable(),
  counts: new Uint32Array(tableSlots * countsEach),
  cells: startTable(),
  placeKey: new Int32Array(tableSlots),
  y: new Uint8Array(tableSlots),
  first: new Int32Array(tableSlots),
  second: new Int32Array(tableSlots),
  who: new Int32Array(tableSlots),
  m: new Float64Array(tableSlots * betsEach),
  gain: new Float64Array(tableSlots),
  onsetIndex: new Float64Array(tableSlots),
  onsetTime: new Float64Array(tableSlots),
  seen: new Uint32Array(tableSlots * sureBins),
  mass: new Float64Array(tableSlots),
  updates: new Uint32Array(tableSlots),
  borne: new Float32Array(tableSlots),
  held: new Uint16Array(tableSlots),
  wait: new Uint16Array(tableSlots),
  shed: 0,
})

export const keyOf = (who: number, place: number): number => spread(hashInt(hashInt(0x2545f491, who), place))
export const cellKeyOf = (placeKey: number, y: number): number => spread(hashInt(hashInt(0x7f4a7c15, placeKey), y))

/** How sure the learner is: 0 most. */
export const sureBin = (disagree: number): number => (disagree < 0.12 ? 0 : disagree < 0.3 ? 1 : 2)

export const laneOf = (favourite: number, classes: number): number => (classes <= lanes ? favourite : 0)

/** Counts a row in a place, if anything is known against anybody there. */
export function countRow(cells: Cells, placeKey: number, lane: number, bin: number): void {
  const slot = find(cells.places, placeKey)
  if (slot < 0) return
  const at = slot * countsEach + lane * sureBins + bin
  cells.counts[at] = (cells.counts[at] as number) + 1
}

/** Rows of the place on which the bet on class `y` is on, by sureness. */
export function touchedOf(cells: Cells, placeSlot: number, y: number, classes: number, bin: number): number {
  const at = placeSlot * countsEach + bin
  if (classes > lanes) return cells.counts[at] as number
  let rows = 0
  for (let lane = 0; lane < lanes; lane++) if (lane !== y) rows += cells.counts[at + lane * sureBins] as number
  return rows
}

/** @returns the slot of the cell, made if need be. Makes room first, so that slots stay as they are until the next call. */
export function cellOf(
  cells: Cells,
  who: number,
  place: { key: number; first: number; second: number },
  y: number,
): number {
  const placeKey = keyOf(who, place.key)
  const key = cellKeyOf(placeKey, y)
  const known = find(cells.cells, key)
  if (known >= 0) return known
  if (cells.cells.used >= fullAt || cells.places.used >= fullAt) shed(cells)
  if (find(cells.places, placeKey) < 0) clearPlace(cells, put(cells.places, placeKey))
  const slot = put(cells.cells, key)
  cells.placeKey[slot] = placeKey
  cells.y[slot] = y
  cells.first[slot] = place.first
  cells.second[slot] = place.second
  cells.who[slot] = who
  clearCell(cells, slot)
  cells.borne[slot] = 0
  for (let bin = 0; bin < sureBins; bin++) cells.seen[slot * sureBins + bin] = 0
  cells.onsetIndex[slot] = -1
  return slot
}

function clearPlace(cells: Cells, slot: number): void {
  cells.counts.fill(0, slot * countsEach, (slot + 1) * countsEach)
}

/** Starts its evidence over; what it has seen stays. */
export function clearCell(cells: Cells, slot: number): void {
  cells.m.fill(0, slot * betsEach, (slot + 1) * betsEach)
  cells.gain[slot] = 0
  cells.mass[slot] = 0
  cells.updates[slot] = 0
  cells.held[slot] = 0
  cells.wait[slot] = 0
}

/** Keeps the better half; of equals, the earlier slots. */
function shed(cells: Cells): void {
  const old = { ...cells }
  const gains = old.gain.filter((_, slot) => old.cells.key[slot] !== 0).sort()
  const least = gains[gains.length >> 1] as number
  Object.assign(cells, startCells(), { shed: cells.shed + 1 })
  for (let slot = 0; slot < tableSlots && cells.cells.used < fullAt / 2; slot++) {
    if (old.cells.key[slot] === 0 || (old.gain[slot] as number) < least) continue
    const placeKey = old.placeKey[slot] as number
    if (find(cells.places, placeKey) < 0) {
      const from = find(old.places, placeKey) * countsEach
      cells.counts.set(old.counts.subarray(from, from + countsEach), put(cells.places, placeKey) * countsEach)
    }
    const to = put(cells.cells, old.cells.key[slot] as number)
    for (const name of ones) cells[name][to] = old[name][slot] as number
    for (let b = 0; b < betsEach; b++) cells.m[to * betsEach + b] = old.m[slot * betsEach + b] as number
    for (let b = 0; b < sureBins; b++) cells.seen[to * sureBins + b] = old.seen[slot * sureBins + b] as number
  }
}

const ones = [
  'placeKey',
  'y',
  'first',
  'second',
  'who',
  'gain',
  'onsetIndex',
  'onsetTime',
  'mass',
  'updates',
  'borne',
  'held',
  'wait',
] as const
