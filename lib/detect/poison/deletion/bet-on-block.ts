import { blockRows, lengths } from './spread'
import { at, stakes } from './stratum-book'

const logKept = stakes.map((stake) => Math.log(1 - stake))

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [rowsOfBlock, betOn, betsEach, lengthsEach] = [blockRows, stakes, stakes.length, lengths]
const { m: mAt, openCame, openDue, mass: massAt, updates: updatesAt } = at

/** Adds the block to the open one of each length, and bets on those that end. @param n rows of it, @param low due at least as a share; @param ending
 * lengths that end with it; @param known lengths of which the unevenness is; @param masses by length, for a weight of 1. @returns ΣM. */
export function betOnBlock(
  numbers: Float64Array,
  o: number,
  n: number,
  low: number,
  ending: number,
  known: number,
  uneven: Float64Array,
  masses: Float64Array,
  weight: number,
): number {
  let total = 0
  let size = rowsOfBlock
  for (let k = 0; k < lengthsEach; k++, size *= 4) {
    const came = (numbers[o + openCame + k] as number) + n
    const isDue = (numbers[o + openDue + k] as number) + rowsOfBlock * low
    numbers[o + openCame + k] = k < ending ? 0 : came
    numbers[o + openDue + k] = k < ending ? 0 : isDue
    const from = o + mAt + k * betsEach
    if (k >= ending || k >= known) {
      for (let b = 0; b < betsEach; b++) total += numbers[from + b] as number
      continue
    }
    const p = Math.min(0.999, isDue / size)
    const mass = (masses[k] as number) * weight
    for (let b = 0; b < betsEach; b++) {
      const stake = betOn[b] as number
      const log = came * (logKept[b] as number) + (size - came) * Math.log((1 - p * (1 - stake)) / (1 - p))
      const m = Math.min(1e300, Math.exp(log / (uneven[k] as number)) * ((numbers[from + b] as number) + mass))
      numbers[from + b] = m
      total += m
    }
    numbers[o + massAt] = (numbers[o + massAt] as number) + mass * betsEach
  }
  numbers[o + updatesAt] = (numbers[o + updatesAt] as number) + 1
  return total
}
