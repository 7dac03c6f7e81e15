import type { Alarm, Context, Detector } from '@/lib/detect/detector'
import type { Arrival, EventOf } from '@/lib/event/types'
import type { Judgement } from '@/lib/learn/calibrate'
import { burnInRows, type Witness } from '@/lib/learn/witness'
import { originsOf, targetedAlarm } from './alarm'
import { betsEach, cellOf, clearCell, countRow, everybody, keyOf, laneOf, newcomers, sureBin } from './cells'
import { type Enumerated, enumerate, startEnumerated } from './enumerate'
import { borneBy, noteRow, type Source, touchSource } from './sources'
import { targetedStanding } from './standing'
import { cellsOf, keepBad, startTargeted, type TargetedState } from './state'
import { tryCell } from './trial'
import { takeHit } from './wager'

/**
 * One sub-population pulled to a label by some sources, while the rest of their rows is fine and totals hardly move.
 *
 * Watches   labels against what the shadow learner expected, by place (a segment's value, a category, a range of a number, a pair of these) and class:
 *           of all sources together, of each origin, and of all newcomers.
 * Misses    places of more than two conditions, or in words of a text; features beyond a row's 24th; regression values that are no classes; a place
 *           that one source alone serves, or where most of the old sources pull (it is then taken for the world); pulls that spread over months, for
 *           only the last 8,192 rows are compared; a pattern that is new or rare (that is poison.trigger).
 * Assumes   the learner's chances hold in the place; `test` of an alarm says what would look the same.
 * Evidence  per cell M ← e·(M + mass), e as in ./wager.ts; alarm at M ≥ 1, and only once "some sources moved there" beats "all did" (../attribute/movers.ts),
 *           their other rows are fine (../attribute/where.ts), and the others' most alike rows say otherwise (../attribute/like-rows.ts).
 * Source    recipes/poisoning.md §3–4 of this project; Kulldorff 1997 for scans of places; Shin, Ramdas & Rinaldo 2022; Metwally et al. 2005 for the table.
 *
 * @example  eight origins; vendor-3 approves all of region west from line 1500 on → one finding, at line EXAMPLE, onset EXAMPLE,
 *           origin vendor-3, region=west, approve.
 */
export interface TargetedParams {
  /** Parts of a row's mass: places of all sources, of its origin; the rest is the newcomers', when it comes from one. */
  readonly everybodyShare: number
  readonly originShare: number
  /** Errors borne of all sources together. */
  readonly careless: number
}

const params: TargetedParams = { everybodyShare: 0.35, originShare: 0.45, careless: 0.06 }

type Training = EventOf<'ml.training.v1'>

export const targeted: Detector<TargetedParams, TargetedState> = {
  id: 'poison.targeted/place',
  version: 1,
  reads: ['ml.training.v1'],
  spendsOn: ['ml.training.v1'],
  share: 0.4,
  idle: (state) => state.rows > 0 && state.cells === null,
  minSample: burnInRows,
  params,
  init: startTargeted,
  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    const scores: { index: number; suspicion: number }[] = []
    for (const arrival of batch) {
      if (arrival.event.type !== 'ml.training.v1') continue
      const suspicion = takeRow(state, arrival as Arrival<Training>, ctx, alarms)
      if (suspicion > 0) scores.push({ index: arrival.index, suspicion })
    }
    return { state, alarms, scores }
  },
  standing: targetedStanding,
}

/** A source is a newcomer if so many rows came before its first, until it has so many of its own. */
const newcomerAfter = 1000
const newcomerUntil = 200
const mostAccused = 256
const mostHeld = 60
/** What a cell bears of its place's excess after the world was found to have moved there. */
const slack = 0.1

const places: Enumerated = startEnumerated()

/** @returns the row's suspicion. */
function takeRow(state: TargetedState, arrival: Arrival<Training>, ctx: Context, alarms: Alarm[]): number {
  const witness = ctx.learner.witness(arrival)
  const { y, judged } = witness
  if (y < 0 || !judged) return 0
  state.rows++
  state.names = witness.shadow.classes.names
  const { data } = arrival.event
  const source = touchSource(state.sources, data.origin.id, arrival.index, state.rows - 1)
  if (!witness.testifies) {
    if (witness.distrusted) state.apart.add(source.number)
    return ofAccused(state, source, witness, judged)
  }
  noteRow(state.sources, source, (y === judged.favourite ? 0 : 1) - judged.disagree)
  if (witness.lies.places === 0) return 0
  enumerate(witness.lies, places)
  const cells = cellsOf(state)
  const bin = sureBin(judged.disagree)
  const lane = laneOf(judged.favourite, judged.classes)
  const isNew = source.before >= newcomerAfter && source.rows <= newcomerUntil
  for (let k = 0; k < places.count; k++) {
    const key = places.key[k] as number
    countRow(cells, keyOf(everybody, key), lane, bin)
    if (k < places.coarse) countRow(cells, keyOf(source.number, key), lane, bin)
    if (isNew) countRow(cells, keyOf(newcomers, key), lane, bin)
  }
  if (y === judged.favourite) return 0
  return takeBad(state, arrival, witness, judged, source, isNew, ctx, alarms)
}

const scope = [everybody, 0, newcomers]

function takeBad(
  state: TargetedState,
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
  const { everybodyShare, originShare } = params
  const mass = ctx.mass(arrival) / Math.max(1, judged.classes - 1)
  const whole = isNew ? 1 : everybodyShare + originShare
  const shares = [everybodyShare / whole, originShare / whole, 1 - everybodyShare - originShare]
  // Careless errors fall on one class at most twice as often as evenly.
  const spread = Math.min(1, 2 / Math.max(1, judged.classes - 1))
  const ofSource = borneBy(state.sources, source)
  const careless = [params.careless, ofSource, Math.max(ofSource, state.sources.usual)]
  const bin = sureBin(judged.disagree)
  scope[1] = source.number
  let gain = 0
  let worst = -1
  let most = 0
  const { shed } = cells
  for (let s = 0; s < (isNew ? 3 : 2); s++) {
    // Of one origin pairs and twelfths are too many to keep: ../attribute/where.ts finds them once the coarse place speaks.
    const count = s === 1 ? places.coarse : places.count
    for (let k = 0; k < count; k++) {
      const place = {
        key: places.key[k] as number,
        first: places.first[k] as number,
        second: places.second[k] as number,
      }
      const cell = cellOf(cells, scope[s] as number, place, y)
      const total = takeHit(
        cells,
        cell,
        judged.classes,
        bin,
        p,
        (careless[s] as number) * spread,
        index,
        event.timeMs,
        (mass * (shares[s] as number)) / count,
      )
      gain = Math.max(gain, cells.gain[cell] as number)
      if (total < 1) continue
      const wait = cells.wait[cell] as number
      if (wait > 0) cells.wait[cell] = wait - 1
      else if (total > most) {
        most = total
        worst = cell
      }
    }
  }
  // Slots have moved when the table shed in between: the evidence comes again with the next hit.
  if (worst >= 0 && cells.shed === shed) settle(state, worst, witness, ctx, index, alarms)
  return 0.5 * (1 - p) + 0.5 * Math.max(0, Math.min(1, (gain - 4) / 10))
}

function settle(
  state: TargetedState,
  cell: number,
  witness: Witness,
  ctx: Context,
  index: number,
  alarms: Alarm[],
): void {
  const { recent } = witness
  const cells = cellsOf(state)
  const first = new Map<number, number>()
  for (const { number, firstIndex } of state.sources.byId.values()) first.set(number, firstIndex)
  const found = tryCell(
    recent,
    cells,
    cell,
    (number) => state.apart.has(number),
    (number) => first.get(number) ?? index,
  )
  if (found.says === 'open') {
    const held = (cells.held[cell] as number) + 1
    cells.held[cell] = held
    cells.wait[cell] = Math.ceil(held * 1.3)
    if (held > mostHeld) clearCell(cells, cell)
    return
  }
  if (found.says === 'moved') {
    const rows = Math.max(1, cells.updates[cell] as number)
    cells.borne[cell] = Math.min(0.9, Math.max((cells.borne[cell] as number) + slack, rows > 0 ? slack : 0))
  }
  if (found.says !== 'pulled') {
    clearCell(cells, cell)
    return
  }
  alarms.push(targetedAlarm(state, cell, found, recent, witness.places, index))
  const y = cells.y[cell] as number
  const origins = found.movers.movers
  state.accused.push({ origins, place: found.place, y })
  if (state.accused.length > mostAccused) state.accused.shift()
  for (const number of origins) state.apart.add(number)
  for (let other = 0; other < cells.m.length; other += betsEach)
    if ((cells.m[other] as number) > 0 && (cells.y[other / betsEach] as number) === y)
      stillOpen(state, other / betsEach)
  for (const origin of originsOf(state, origins)) ctx.learner.distrust({ origin })
}

/** What was found explains what else gathered there of late. */
function stillOpen(state: TargetedState, cell: number): void {
  const cells = cellsOf(state)
  let total = 0
  for (let s = 0; s < betsEach; s++) total += cells.m[cell * betsEach + s] as number
  if (total > 1e-3) clearCell(cells, cell)
}

/** A row of an accused source: worse where it goes the way that was found. */
function ofAccused(state: TargetedState, source: Source, witness: Witness, judged: Judgement): number {
  const { y } = witness
  for (const { origins, place, y: to } of state.accused) {
    if (to !== y || !origins.includes(source.number)) continue
    // Its whereabouts are not worked out any more: a class that it is not taken for must do.
    if (judged.favourite !== y && place.length > 0) return 0.5 + 0.5 * (1 - (judged.p[y] as number))
  }
  return 0
}
