import { hashInt } from '@/lib/learn/inputs/hash'
import { type Cells, countsEach, lanes, sureBins } from './cells'

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [mix, binsEach, lanesEach, numbersEach] = [hashInt, sureBins, lanes, countsEach]

/**
 * Counts a row in the first `n` of its places, of all sources, of its origin or of newcomers, wherever anything is known against anybody there.
 * @param places their keys. @param keys where the key of (who, place) goes, @param slots and its slot in `cells.places`; −1: nothing is known there.
 */
export function countRow(
  cells: Cells,
  who: number,
  places: Int32Array,
  n: number,
  lane: number,
  bin: number,
  keys: Int32Array,
  slots: Int32Array,
): void {
  const { counts } = cells
  const taken = cells.places.key
  const mask = taken.length - 1
  const whose = mix(0x2545f491, who) | 0
  const offset = lane * binsEach + bin
  for (let k = 0; k < n; k++) {
    const place = places[k] as number
    // `spread(hashInt(whose, place))` in signed numbers, which need no room of their own.
    let h = Math.imul(whose ^ (place & 0xffff), 0x01000193)
    h = Math.imul(h ^ (place >>> 16), 0x01000193)
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    h ^= h >>> 16
    keys[k] = h
    const wanted = h === 0 ? 1 : h
    let slot = wanted & mask
    let there = taken[slot] as number
    while (there !== 0 && there !== wanted) {
      slot = (slot + 1) & mask
      there = taken[slot] as number
    }
    slots[k] = there === 0 ? -1 : slot
    if (there === 0) continue
    const at = slot * numbersEach + offset
    counts[at] = (counts[at] as number) + 1
  }
}

/** Writes the rows of the place on which the bet on class `y` is on, by sureness. */
export function touchedOf({ counts }: Cells, placeSlot: number, y: number, classes: number, out: Float64Array): void {
  const at = placeSlot * numbersEach
  for (let bin = 0; bin < binsEach; bin++) {
    let rows = counts[at + bin] as number
    if (classes <= lanesEach) {
      if (y === 0) rows = 0
      for (let lane = 1; lane < lanesEach; lane++) if (lane !== y) rows += counts[at + lane * binsEach + bin] as number
    }
    out[bin] = rows
  }
}
