import { betOnBlock, keptIn } from './bet-on-block'
import { addDue } from './mixes'
import { addBlock, addToPool, blockRows, endingLengths, learnWaiting, lengths, poolNumbers, unevenness } from './spread'
import { isIdentifier, mostKeys, mostStrata, type Stratum } from './strata'
import { at, bets, blocksKept, each, makeBook } from './stratum-book'
import type { StratumState } from './stratum-state'

/** Rows of a stratum before it is watched, and the most of all rows that it may be. */
const leastRows = 40
const mostShare = 0.9
/** Stake of the likelihood whose rise is a run: a run goes on while a third, or a quarter, is missing, and ends at the usual level. */
const runStake = 0.2
/** Nats from which what a run holds waits to be learned. */
const waitNats = 3
/** Blocks after which a run that did not suffice is taken on as the new level. */
const longestRun = 192
const ratioBlocks = 16

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [rowsOfBlock, numbersEach, kept, strataKept, spreadAt] = [blockRows, each, blocksKept, mostStrata, at.spread]
const [dueOf, add, unevennessOf, isId, poolOf, endingOf] = [
  addDue,
  addBlock,
  unevenness,
  isIdentifier,
  addToPool,
  endingLengths,
]
const [bet, lengthsEach, poolEach, keptOf, runSoFar] = [betOnBlock, lengths, poolNumbers, keptIn, rowsOfRun]
const { m: mAt, rise: riseAt, count: countAt, state: stateAt, uneven: unevenAt } = at
const { came: cameAt, due: dueAt, fromBlock: fromAt, byMixes: byMixesAt, byAll: byAllAt } = at

/** Of the block at hand, by stratum: the chance that any row falls into it, and rows due. */
const chance = new Float64Array(mostStrata)
const due = new Float64Array(mostStrata)
/** By key: what its strata know of their unevenness together. */
const pool = new Float64Array(mostKeys * poolNumbers)
const uneven = new Float64Array(lengths)
/** By length: mass of a block, for a weight and a bet of 1. */
const masses = new Float64Array(lengths)

/** Ends the open block: every stratum's count against what its senders make due. @returns strata whose evidence suffices. */
export function weighBlock(state: StratumState, armed: boolean): number[] {
  const { strata, book, came, strange, rows, places } = state
  makeBook(book)
  const { numbers } = book
  const { made } = strata
  const n = made.length
  for (let s = 0; s < n; s++) {
    chance[s] = rows > 0 ? (numbers[s * numbersEach + countAt] as number) / rows : 0
    due[s] = 0
  }
  for (let place = 0; place < places.length; place++) {
    const of = places[place] as number
    if (of !== 0 && rows > 0) dueOf(state.mixes, place, of, chance, due, n)
  }
  pool.fill(0)
  for (let s = 0; s < n; s++) poolOf(pool, (made[s] as Stratum).of * poolEach, numbers, s * numbersEach + spreadAt)
  const crossed: number[] = []
  const ending = endingOf(state.blocks)
  for (let k = 0; k < lengthsEach; k++) {
    const mass = (state.massOf[k] as number) + state.mass
    masses[k] = mass / Math.max(1, state.watched) / bets
    state.massOf[k] = k < ending ? 0 : mass
  }
  const clumps = state.clumps.effect
  let weights = 0
  const ring = (state.blocks % kept) * strataKept
  for (let s = 0; s < n; s++) {
    const its = came[s] as number
    book.came[ring + s] = its
    const o = s * numbersEach
    const count = numbers[o + countAt] as number
    numbers[o + countAt] = count + its
    if (!(rows > 0 && count > 0)) continue
    const stratum = made[s] as Stratum
    const all = chance[s] as number
    const isDue = due[s] as number
    const known = its - (strange[s] as number)
    const waits = (numbers[o + riseAt] as number) > waitNats
    const variance = Math.max(1e-6, isDue * (1 - all) * (1 + rowsOfBlock / rows))
    add(numbers, o + spreadAt, known - isDue, variance, ending, waits)
    const left = isDue * movedOn(numbers, o, isDue, all * rowsOfBlock)
    if (count < leastRows || all > mostShare || isId(strata, stratum)) continue
    const weight = weightOf(stratum)
    weights += weight
    const p = Math.min(0.999, left / rowsOfBlock)
    const lengthsKnown = unevennessOf(numbers, o + spreadAt, pool, stratum.of * poolEach, clumps, uneven)
    numbers[o + unevenAt] = uneven[0] as number
    // What comes in the baseline is the usual.
    if (!armed) continue
    const ofRun = runSoFar(numbers, o, rows, state.blocks)
    run(state, o, known, left, p, keptOf(runStake, rows - ofRun, ofRun))
    if (numbers[o + stateAt] !== 0) continue
    if (bet(numbers, o, known, p, ending, Math.max(1, lengthsKnown), uneven, masses, weight, rows - ofRun, ofRun) >= 1)
      crossed.push(s)
  }
  state.watched = weights
  return crossed
}

/** Segments are what people watch, and classes: they get more of the mass than a category of some feature. */
const weightOf = ({ kind }: Stratum): number => (kind === 'feature' ? 1 : 3)

/**
 * Where a source took over rows of others, the mixes of both make more due than all rows have: what is due is taken down to that, by the ratio of the
 * last blocks.
 */
function movedOn(numbers: Float64Array, o: number, due: number, usual: number): number {
  const byMixes = (numbers[o + byMixesAt] as number) + (due - (numbers[o + byMixesAt] as number)) / ratioBlocks
  const byAll = (numbers[o + byAllAt] as number) + (usual - (numbers[o + byAllAt] as number)) / ratioBlocks
  numbers[o + byMixesAt] = byMixes
  numbers[o + byAllAt] = byAll
  return byMixes > byAll ? byAll / byMixes : 1
}

/** Rows of its run before the block at hand. */
function rowsOfRun(numbers: Float64Array, o: number, rows: number, block: number): number {
  const run = numbers[o + riseAt] === 0 ? 0 : rowsOfBlock * (block - (numbers[o + fromAt] as number))
  return run < rows ? run : 0
}

/** CUSUM: the split that the likelihood likes best, untempered. */
function run(state: StratumState, o: number, n: number, due: number, p: number, kept: number): void {
  const { numbers } = state.book
  const was = numbers[o + riseAt] as number
  if (was === 0) {
    numbers[o + fromAt] = state.blocks
    numbers[o + at.fromBatch] = state.batches
    numbers[o + cameAt] = 0
    numbers[o + dueAt] = 0
  }
  const likelier = n * Math.log(kept) + (rowsOfBlock - n) * Math.log((1 - p * kept) / (1 - p))
  const rise = Math.max(0, was + likelier)
  numbers[o + riseAt] = rise
  numbers[o + cameAt] = (numbers[o + cameAt] as number) + n
  numbers[o + dueAt] = (numbers[o + dueAt] as number) + due
  if (numbers[o + at.state] === 1) return
  const long = state.blocks - (numbers[o + fromAt] as number) >= longestRun
  if (was > 0 && (rise === 0 || long)) {
    if ((numbers[o + dueAt] as number) >= 15 && (numbers[o + cameAt] as number) <= 0.1 * (numbers[o + dueAt] as number))
      state.vanished++
    learnWaiting(numbers, o + at.spread)
    numbers[o + at.gone] = 0
  }
  // Evidence of a run that is over is not held against the next one.
  if (long || (was > 0 && rise === 0)) restart(numbers, o)
}

/** Starts its evidence over: what it showed is usual, or was explained otherwise. */
export function restart(numbers: Float64Array, o: number): void {
  numbers.fill(0, o + mAt, o + mAt + bets + 2 * lengths)
  numbers[o + riseAt] = 0
}
