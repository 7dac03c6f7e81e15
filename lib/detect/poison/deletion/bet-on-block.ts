import { blockRows, lengths } from './spread'
import { at, stakes } from './stratum-book'

/**
 * Part of what is due that is said to come, where so many rows before the run and those of the run so far have told what is due: if a part of the run is
 * missing, what was learned from it is too little by the same. Any part known before the rows come makes a fair bet.
 * Source: Turner, Ly & Grünwald 2024, two-sample e-values.
 */
export const keptIn = (stake: number, before: number, run: number): number =>
  ((1 - stake) * (before + run)) / (before + (1 - stake) * run)

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [rowsOfBlock, betOn, betsEach, lengthsEach] = [blockRows, stakes, stakes.length, lengths]
const { m: mAt, openCame, openDue, mass: massAt, updates: updatesAt } = at

/** Adds the block to the open one of each length, and bets on those that end. @param n rows of it, @param chance share of the rows that is due; @param ending
 * lengths that end with it; @param known lengths of which the unevenness is; @param masses by length, for a weight of 1;
 * @param before rows before the stratum's run, and those of the run, without this block. @returns ΣM. */
export function betOnBlock(
  numbers: Float64Array,
  o: number,
  n: number,
  chance: number,
  ending: number,
  known: number,
  uneven: Float64Array,
  masses: Float64Array,
  weight: number,
  before: number,
  run: number,
): number {
  let total = 0
  let size = rowsOfBlock
  for (let k = 0; k < lengthsEach; k++, size *= 4) {
    const came = (numbers[o + openCame + k] as number) + n
    const isDue = (numbers[o + openDue + k] as number) + rowsOfBlock * chance
    numbers[o + openCame + k] = k < ending ? 0 : came
    numbers[o + openDue + k] = k < ending ? 0 : isDue
    const from = o + mAt + k * betsEach
    if (k >= ending || k >= known) {
      for (let b = 0; b < betsEach; b++) total += numbers[from + b] as number
      continue
    }
    const p = Math.min(0.999, isDue / size)
    const mass = (masses[k] as number) * weight
    const ofRun = Math.max(0, run + rowsOfBlock - size)
    for (let b = 0; b < betsEach; b++) {
      const kept = keptIn(betOn[b] as number, before, ofRun)
      const log = came * Math.log(kept) + (size - came) * Math.log((1 - p * kept) / (1 - p))
      const m = Math.min(1e300, Math.exp(log / (uneven[k] as number)) * ((numbers[from + b] as number) + mass))
      numbers[from + b] = m
      total += m
    }
    numbers[o + massAt] = (numbers[o + massAt] as number) + mass * betsEach
  }
  numbers[o + updatesAt] = (numbers[o + updatesAt] as number) + 1
  return total
}
