import type { Alarm, Context, Detector } from '@/lib/detect/detector'
import type { Arrival, EventOf } from '@/lib/event/types'
import { baselineRowsOf } from '@/lib/monitor/config'
import { addToClumps } from './clumps'
import { explain } from './explain'
import { learnMix, placeOf } from './mixes'
import { noteReturns } from './returns'
import { shortfallOf } from './shortfall'
import { blockRows, learnWaiting } from './spread'
import { strataOf } from './strata'
import { accuseStratum, stratumStanding } from './stratum-alarm'
import { at, blocksKept, each } from './stratum-book'
import { type StratumState, startStratumState } from './stratum-state'
import { restart, weighBlock } from './weigh-block'

/**
 * A stratum that is held back: a segment, a category or a class of which the feed brings a part only, or nothing, while the rest goes on as before.
 *
 * Watches   rows of each stratum in blocks of 32, 128, 512 and 2,048, against what their senders' usual mixes make due.
 * Misses    less than a fifth held back; fewer than about 80 missing rows (of a quarter, some 250); a stratum that comes in bursts as long as the deletion; one held back
 *           more and more over 6,000 rows; what was never there; numbers (only categories, segments and classes are strata); a whole origin.
 * Assumes   what a stratum did by itself over 32 to 8,192 rows (./spread.ts) it may do again. One that comes and goes for the first time looks the
 *           same: gone altogether, it is `undetermined`, and said
 *           only after 2,900 rows without a return.
 * Evidence  e-detectors by length of block over bets that 25, 45, 75 or 98 % are missing, each e-value to the power 1 / unevenness at that length; then
 *           ./explain.ts: rows that new senders took over, a surge of another value, a new mix, an accused stratum near, are no deletions; nor is what
 *           came as often as ever by the clock.
 * Effect    share of the rows due since the onset that did not come.
 * Source    McCullagh & Nelder 1989 (quasi-likelihood); Kish 1965 (clumps); Shin, Ramdas & Rinaldo 2022; recipes/poisoning.md §5.
 *
 * @example  region is east, west or north by chance; nine in ten of west (30 %) are gone from line 4000 on → one finding at line 4127, onset 4000.
 */
export interface StratumParams {
  readonly mostStrataOfRow: number
}

type Training = EventOf<'ml.training.v1'>
const mostOfRow = 48
const row = new Int32Array(mostOfRow)
const strangersFrom = 1000
const mostStrangers = 0.4
const fewLater = 300
const ownRows = 40

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [rowsOfBlock, placeOfOrigin, strataOfRow] = [blockRows, placeOf, strataOf]
const [learn, clump] = [learnMix, addToClumps]

export const stratumDeletion: Detector<StratumParams, StratumState> = {
  id: 'poison.deletion/stratum',
  version: 3,
  reads: ['ml.training.v1'],
  spendsOn: ['ml.training.v1'],
  share: 0.25,
  wants: ['influence'],
  minSample: 1000,
  params: { mostStrataOfRow: mostOfRow },
  idle: (state) => state.rows >= 1000 && state.strata.made.length === 0,
  init: startStratumState,
  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    for (const arrival of batch)
      if (arrival.event.type === 'ml.training.v1') takeRow(state, arrival as Arrival<Training>, ctx, alarms)
    return { state, alarms }
  },
  standing: stratumStanding,
}

function takeRow(state: StratumState, arrival: Arrival<Training>, ctx: Context, alarms: Alarm[]): void {
  const { event, index } = arrival
  const { data } = event
  const { place, isLate } = placeOfOrigin(state.mixes, data.origin.id, state.rows < strangersFrom)
  if (state.rows >= strangersFrom) {
    state.later++
    if (place === 0 && isLate) state.strangers++
  }
  const inBlock = state.rows % rowsOfBlock
  if (inBlock === 0) {
    state.book.index[state.blocks % blocksKept] = index
    state.book.timeMs[state.blocks % blocksKept] = event.timeMs
  }
  if (Number.isNaN(state.startTime)) state.startTime = event.timeMs
  const n = strataOfRow(state.strata, data, takesClasses(data, ctx), row)
  const known = !(isLate && isStranger(state, place))
  if (known) state.places[place] = (state.places[place] as number) + 1
  const { came, strange } = state
  for (let i = 0; i < n; i++) {
    const s = row[i] as number
    came[s] = (came[s] as number) + 1
    if (!known) strange[s] = (strange[s] as number) + 1
  }
  if (data.batch !== undefined && data.batch !== state.batch) {
    state.batch = data.batch
    state.batches++
  }
  state.mass += ctx.mass(arrival)
  learn(state.mixes, place, row, n)
  clump(state.clumps, data)
  if (inBlock === rowsOfBlock - 1) {
    state.rows -= rowsOfBlock - 1
    endBlock(state, arrival, ctx, alarms)
    state.rows += rowsOfBlock - 1
  }
  state.rows++
}

const takesClasses = ({ label }: Training['data'], { config }: Context): boolean =>
  typeof label === 'string' && config.task !== 'regression'

/** Where most rows come from origins of some size, nothing is due from one that is new; what it brings counts. */
const isStranger = ({ rows, mixes, strangers, later }: StratumState, place: number): boolean =>
  rows >= strangersFrom &&
  (place > 0 ? (mixes.rows[place] as number) < ownRows : strangers < mostStrangers * (later + fewLater))

function endBlock(state: StratumState, { index }: Arrival, ctx: Context, alarms: Alarm[]): void {
  const armed = state.rows >= Math.min(baselineRowsOf(ctx.config), 2000)
  const crossed = weighBlock(state, armed)
  noteReturns(state)
  // Strata that hang together fall together: the one that fell most surely speaks.
  const rise = (s: number) => state.book.numbers[s * each + at.rise] as number
  for (const s of crossed.sort((a, b) => rise(b) - rise(a) || a - b)) {
    const short = shortfallOf(state, s)
    const why = explain(state, s, short)
    if (why === 'too little' || why === 'may return') continue
    const o = s * each
    if (why === 'none') {
      alarms.push(accuseStratum(state, s, short, index))
      state.accused.push({ stratum: s, fromBlock: short.fromBlock })
      if (state.accused.length > 64) state.accused.shift()
      state.book.numbers[o + at.state] = 1
    } else {
      learnWaiting(state.book.numbers, o + at.spread)
      // What hangs together with an accused stratum goes on to be away with it.
      if (why === 'another') state.book.numbers[o + at.state] = 2
    }
    restart(state.book.numbers, o)
  }
  state.blocks++
  state.mass = 0
  state.places.fill(0)
  state.came.fill(0)
  state.strange.fill(0)
}
