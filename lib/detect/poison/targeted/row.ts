import type { Alarm, Context, Step } from '@/lib/detect/detector'
import { beliefIn } from '@/lib/detect/poison/row-suspicion'
import type { Arrival, EventOf, Label } from '@/lib/event/types'
import type { Judgement } from '@/lib/learn/judge/calibrate'
import type { Witness } from '@/lib/learn/witness'
import { cellOf, everybody, laneOf, nam, namesEach, newcomers, num, numbersEach, sureBin } from './cells'
import { type Enumerated, mostPlaces, startEnumerated } from './enumerate'
import { ofAccused, suspicionInFound } from './found'
import { borneBy, noteRow, type Source, touchSource } from './sources'
import { cellsOf, keepBad, type PlacesState } from './state'
import { find } from './table'
import { countRow } from './touched'
import { priceHits, takeHit } from './wager'

type Training = EventOf<'ml.training.v1'>

/** How a detector of places differs from another. */
export interface Watch {
  /** Writes the places of the row at hand. */
  enumerate(witness: Witness, out: Enumerated): void
  /** A cell's evidence suffices. */
  settle(state: PlacesState, cell: number, witness: Witness, ctx: Context, index: number, alarms: Alarm[]): void
}

/** Parts of a row's mass: places of all sources, of its origin; the rest is the newcomers', when it comes from one. */
const everybodyShare = 0.35
const originShare = 0.45
/** Errors borne of all sources together. */
const carelessAll = 0.06
/** A source is a newcomer if so many rows came before its first, until it has so many of its own. */
const newcomerAfter = 1000
const newcomerUntil = 200
/** Rows for which a single hit is remembered. */
const onceRows = 8192
/** Nats of a cell's best split, among so many cells, at which its rows are as likely to be bad as not. */
const evenNats = 10
/** Of the rows that such cells hold something against before any was accused, half at most are bad: a place where the learner errs looks the same. */
const mostInQuestion = 0.5

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [count, cellFor, priceAll, hit, findSlot] = [countRow, cellOf, priceHits, takeHit, find]
const [numbers, gainAt, names, waitAt] = [numbersEach, num.gain, namesEach, nam.wait]

const none: readonly Label[] = []
const places: Enumerated = startEnumerated()
/** Of the row at hand: keys of its places for all, for its origin, for newcomers. */
const keys = [new Int32Array(mostPlaces), new Int32Array(mostPlaces), new Int32Array(mostPlaces)]
/** And their slots among the places that are known; −1: none. */
const slots = [new Int32Array(mostPlaces), new Int32Array(mostPlaces), new Int32Array(mostPlaces)]
const scope = [everybody, 0, newcomers]
const careless = [0, 0, 0]
const shares = [0, 0, 0]

/** `update` of a detector of places. */
export function takeRows(watch: Watch, state: PlacesState, batch: readonly Arrival[], ctx: Context): Step<PlacesState> {
  const alarms: Alarm[] = []
  const scores: { index: number; suspicion: number }[] = []
  for (const arrival of batch) {
    if (arrival.event.type !== 'ml.training.v1') continue
    const suspicion = takeRow(watch, state, arrival as Arrival<Training>, ctx, alarms)
    if (suspicion > 0) scores.push({ index: arrival.index, suspicion })
  }
  return { state, alarms, scores }
}

/** Takes a training row in. @returns what is held against it. */
function takeRow(watch: Watch, state: PlacesState, arrival: Arrival<Training>, ctx: Context, alarms: Alarm[]): number {
  const witness = ctx.learner.witness(arrival)
  const { y, judged } = witness
  if (y < 0 || !judged) return 0
  state.rows++
  const { classes } = witness.shadow
  state.words = classes.names
  state.names = classes.task === 'regression' ? none : classes.names
  const { data } = arrival.event
  const source = touchSource(state.sources, data.origin.id, arrival.index, state.rows - 1)
  if (!witness.testifies) {
    if (witness.distrusted) state.apart.add(source.number)
    return ofAccused(state, source, witness, judged, data)
  }
  noteRow(state.sources, source, (y === judged.favourite ? 0 : 1) - judged.disagree)
  watch.enumerate(witness, places)
  if (places.count === 0) return 0
  const cells = cellsOf(state)
  // Single hits are forgotten now and then, so that the noise of a long stream makes no cells.
  if (state.rows % onceRows === 0) cells.once.fill(0)
  const bin = sureBin(judged.disagree)
  const lane = laneOf(judged.favourite, judged.classes)
  const isNew = source.before >= newcomerAfter && source.rows <= newcomerUntil
  scope[1] = source.number
  for (let s = 0; s < (isNew ? 3 : 2); s++) {
    // Of one origin pairs are too many to keep: ../attribute/where.ts finds them once one of their sides speaks.
    const n = s === 1 ? places.coarse : places.count
    count(cells, scope[s] as number, places.key, n, lane, bin, keys[s] as Int32Array, slots[s] as Int32Array)
  }
  const inFound = suspicionInFound(state, witness, judged)
  if (y === judged.favourite) return 0
  return Math.max(inFound, takeBad(watch, state, arrival, witness, judged, source, isNew, ctx, alarms))
}

function takeBad(
  watch: Watch,
  state: PlacesState,
  arrival: Arrival<Training>,
  witness: Witness,
  judged: Judgement,
  source: Source,
  isNew: boolean,
  ctx: Context,
  alarms: Alarm[],
): number {
  const { event, index } = arrival
  const { y } = witness
  const cells = cellsOf(state)
  const p = judged.p[y] as number
  keepBad(state, { index, id: event.id, timeMs: event.timeMs, suspicion: 1 - p })
  // Every class but the favourite has its bet on the row.
  const mass = ctx.mass(arrival) / Math.max(1, judged.classes - 1)
  const whole = isNew ? 1 : everybodyShare + originShare
  shares[0] = everybodyShare / whole
  shares[1] = originShare / whole
  shares[2] = 1 - everybodyShare - originShare
  const ofSource = borneBy(state.sources, source)
  careless[0] = carelessAll
  careless[1] = ofSource
  careless[2] = Math.max(ofSource, state.sources.usual)
  // Careless errors fall on one class at most twice as often as evenly.
  const spread = Math.min(1, 2 / Math.max(1, judged.classes - 1))
  const bin = sureBin(judged.disagree)
  let [gain, worst, most] = [0, -1, 0]
  const { shed } = cells
  for (let s = 0; s < (isNew ? 3 : 2); s++) {
    const n = s === 1 ? places.coarse : places.count
    const part = (mass * (shares[s] as number)) / Math.max(1, n)
    const of = keys[s] as Int32Array
    const at = slots[s] as Int32Array
    const borne = (careless[s] as number) * spread
    priceAll(bin, p, borne)
    for (let k = 0; k < n; k++) {
      const key = of[k] as number
      const cell = cellFor(cells, scope[s] as number, key, places, k, y)
      if (cell < 0) continue
      const known = cells.shed === shed ? (at[k] as number) : -1
      const place = known >= 0 ? known : findSlot(cells.places, key)
      const total = hit(cells, cell, place, judged.classes, bin, p, borne, index, event.timeMs, part)
      gain = Math.max(gain, cells.num[cell * numbers + gainAt] as number)
      if (total < 1) continue
      const wait = cells.nam[cell * names + waitAt] as number
      if (wait > 0) cells.nam[cell * names + waitAt] = wait - 1
      else if (total > most) {
        most = total
        worst = cell
      }
    }
  }
  // Slots have moved when the table shed in between: the evidence comes again with the next hit.
  if (worst >= 0 && cells.shed === shed && index >= state.nextLook) {
    state.nextLook = index + state.patience
    watch.settle(state, worst, witness, ctx, index, alarms)
  }
  return beliefIn(gain, evenNats) * (state.accused.length > 0 ? 1 : mostInQuestion)
}
