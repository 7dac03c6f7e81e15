import { chanceIn } from './mixes'
import { addBlock, blockRows, learnWaiting, unevenness } from './spread'
import { isIdentifier, mostStrata, type Stratum } from './strata'
import { at, blocksKept, each, makeBook, stakes } from './stratum-book'
import type { StratumState } from './stratum-state'

/** Rows of a stratum before it is watched, and the most of all rows that it may be. */
const leastRows = 40
const mostShare = 0.9
/** Stake of the likelihood that dates the onset, and nats from which what a run holds waits to be learned. */
const datingStake = 0.45
const waitNats = 3
/** Blocks after which a run that did not suffice is taken on as the new level. */
const longestRun = 192
const ratioBlocks = 16

/** Ends the open block: every stratum's count against what its senders make due. @returns strata whose evidence suffices. */
export function weighBlock(state: StratumState, armed: boolean): number[] {
  const { strata, book, came, strange } = state
  makeBook(book)
  const active: number[] = []
  for (let place = 0; place < state.places.length; place++) if (state.places[place] !== 0) active.push(place)
  const crossed: number[] = []
  const share = state.mass / Math.max(1, state.watched) / stakes.length
  let weights = 0
  const ring = (state.blocks % blocksKept) * mostStrata
  for (let s = 0; s < strata.made.length; s++) {
    const n = came[s] as number
    book.came[ring + s] = n
    const o = s * each
    const { numbers } = book
    const count = numbers[o + at.count] as number
    if (state.rows > 0 && count > 0) {
      const all = count / state.rows
      let due = 0
      for (const place of active) due += (state.places[place] as number) * chanceIn(state.mixes, place, s, all)
      const waits = (numbers[o + at.rise] as number) > waitNats
      addBlock(
        numbers,
        o + at.spread,
        n - (strange[s] as number) - due,
        Math.max(1e-6, due * (1 - all) * (1 + blockRows / state.rows)),
        waits,
      )
      due *= movedOn(numbers, o, due, all * blockRows)
      const p = Math.min(0.999, due / blockRows)
      const isWatched = count >= leastRows && all <= mostShare && !isIdentifier(strata, strata.made[s] as Stratum)
      if (isWatched) {
        const weight = weightOf(strata.made[s] as Stratum)
        weights += weight
        const uneven = unevenness(numbers, o + at.spread)
        const low = p * (1 - Math.min(0.5, Math.sqrt((uneven * (1 - p)) / count)))
        run(state, o, n, due, low)
        if (armed && numbers[o + at.state] === 0 && bet(numbers, o, n, low, uneven, share * weight) >= 1)
          crossed.push(s)
      }
    }
    numbers[o + at.count] = count + n
  }
  state.watched = weights
  return crossed
}

/** Segments are what people watch, and classes: they get more of the mass than a category of some feature. */
const weightOf = ({ kind }: Stratum): number => (kind === 'feature' ? 1 : 3)

const logRatio = (n: number, p: number, stake: number): number =>
  n * Math.log(1 - stake) + (blockRows - n) * Math.log((1 - p * (1 - stake)) / (1 - p))

function bet(numbers: Float64Array, o: number, n: number, p: number, uneven: number, share: number): number {
  let total = 0
  for (let b = 0; b < stakes.length; b++) {
    const before = (numbers[o + at.m + b] as number) + share
    const m = Math.min(1e300, Math.exp(logRatio(n, p, stakes[b] as number) / uneven) * before)
    numbers[o + at.m + b] = m
    total += m
  }
  numbers[o + at.mass] = (numbers[o + at.mass] as number) + share * stakes.length
  numbers[o + at.updates] = (numbers[o + at.updates] as number) + 1
  return total
}

/**
 * Where a source took over rows of others, the mixes of both make more due than all rows have: what is due is taken down to that, by the ratio of the
 * last blocks.
 */
function movedOn(numbers: Float64Array, o: number, due: number, usual: number): number {
  const byMixes = (numbers[o + at.byMixes] as number) + (due - (numbers[o + at.byMixes] as number)) / ratioBlocks
  const byAll = (numbers[o + at.byAll] as number) + (usual - (numbers[o + at.byAll] as number)) / ratioBlocks
  numbers[o + at.byMixes] = byMixes
  numbers[o + at.byAll] = byAll
  return byMixes > byAll ? byAll / byMixes : 1
}

/** CUSUM: the split that the likelihood likes best, untempered. */
function run(state: StratumState, o: number, n: number, due: number, p: number): void {
  const { numbers } = state.book
  const was = numbers[o + at.rise] as number
  if (was === 0) {
    numbers[o + at.fromBlock] = state.blocks
    numbers[o + at.fromIndex] = state.firstIndex
    numbers[o + at.fromTime] = state.firstTime
    numbers[o + at.fromBatch] = state.batches
    numbers[o + at.came] = 0
    numbers[o + at.due] = 0
  }
  const rise = Math.max(0, was + logRatio(n, p, datingStake))
  numbers[o + at.rise] = rise
  numbers[o + at.came] = (numbers[o + at.came] as number) + n
  numbers[o + at.due] = (numbers[o + at.due] as number) + due
  if (numbers[o + at.state] === 1) return
  const long = state.blocks - (numbers[o + at.fromBlock] as number) >= longestRun
  if (was > 0 && (rise === 0 || long)) {
    if (
      (numbers[o + at.due] as number) >= 15 &&
      (numbers[o + at.came] as number) <= 0.1 * (numbers[o + at.due] as number)
    )
      state.vanished++
    learnWaiting(numbers, o + at.spread)
    numbers[o + at.gone] = 0
  }
  // Evidence of a run that is over is not held against the next one.
  if (long || (was > 0 && rise === 0)) restart(numbers, o)
}

/** Starts its evidence over: what it showed is usual, or was explained otherwise. */
export function restart(numbers: Float64Array, o: number): void {
  for (let b = 0; b < stakes.length; b++) numbers[o + at.m + b] = 0
  numbers[o + at.rise] = 0
}
