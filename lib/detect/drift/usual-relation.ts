import type { Alarm, Detector, Return } from '@/lib/detect/detector'
import { type KeyOrder, keyOrder, placeOf } from '@/lib/detect/drift/key-order'
import { breakAlarm, breakReturn } from '@/lib/detect/drift/usual-alarm'
import { backSince, blameFor, isLevel, onsetOf } from '@/lib/detect/drift/usual-blame'
import { isDue, judgeChange, scales, settleChange, type Unusual } from '@/lib/detect/drift/usual-change'
import { type UsualColumn, wakeColumn } from '@/lib/detect/drift/usual-column'
import { addRelated, gatherAsleep, leaveOut, type Relations, startRelations } from '@/lib/detect/drift/usual-relations'
import { usualStanding } from '@/lib/detect/drift/usual-standing'
import type { Frame } from '@/lib/detect/frame'
import type { Features } from '@/lib/event/types'
import { baselineRowsOf } from '@/lib/monitor/config'
import { isFiniteNumber } from '@/lib/stats/finite'

/**
 * A numeric feature that is never at rest (prices, weather, demand) changes more than it usually does, against the features that move with it.
 *
 * Watches   features whose serial correlation no simple law explains, so that ranks of their values mean nothing: what the other features, the hour of
 *           the day and their own slow level leave of them. Weather that moves everything at once leaves little; a sensor that jumps alone leaves all.
 * Misses    a change not greater than the changes that the feature makes by itself; a change of all features together; of spread with equal mean.
 * Assumes   changes past and present exchangeable (the page of a record), or normal of their past spread (the budget): see drift/usual-change.
 * Evidence  Student's t of a change between neighbouring stretches of 16 to 512 rows against the past changes of that scale; a sum of looks within
 *           the budget; and a record by a quarter.
 * Effect    the change, in the feature's baseline standard deviations; below `leastEffect`: a record, but no page.
 * Source    regression control charts (Mandel 1969; Hawkins 1991); records of exchangeable sequences (Rényi 1962).
 */
export interface UsualRelationParams {
  readonly mostColumns: number
  readonly leastEffect: number
}

export interface UsualRelationState {
  version: number
  baselineRows: number
  /** Rows of the baseline, until it is over. */
  names: string[]
  slots: Map<string, number>
  gathered: number[][]
  times: number[]
  order: KeyOrder | null
  relations: Relations | null
  /** Features said to wander. */
  told: string[]
  /** Unspent mass by scale. */
  pending: Float64Array
}

const version = 3

export const usualRelation: Detector<UsualRelationParams, UsualRelationState> = {
  id: 'drift.feature/relation',
  version,
  reads: ['ml.prediction.v1'],
  spendsOn: ['ml.prediction.v1'],
  share: 0.1,
  minSample: 2000,
  params: { mostColumns: 32, leastEffect: 0.25 },

  init: (_params, ctx) => ({
    version,
    baselineRows: baselineRowsOf(ctx.config),
    names: [],
    slots: new Map(),
    gathered: [],
    times: [],
    order: null,
    relations: null,
    told: [],
    pending: new Float64Array(scales.length),
  }),

  idle: ({ relations }) => relations !== null && !relations.columns.some((column) => column.wanders),

  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    const returns: Return[] = []
    let wandering: readonly string[] | null = null
    for (const arrival of batch) {
      const { event } = arrival
      if (event.type !== 'ml.prediction.v1') continue
      const frame = ctx.frame(arrival)
      if (!state.order) {
        gather(state, event.data.features, event.timeMs)
        if (isOver(state, frame)) {
          complete(state, event.data.features, frame)
          wandering = news(state)
        }
        continue
      }
      const relations = state.relations as Relations
      if (frame.row % newsEvery === 0) wandering = news(state) ?? wandering
      if (!frame.familiar || !read(state, relations, event.data.features)) continue
      if (frame.armed) spread(state.pending, ctx.mass(arrival))
      const full = addRelated(relations, values, event.timeMs)
      // Its new level was taken on: what it says can be trusted again.
      for (const name of relations.rejoined.splice(0)) returns.push(breakReturn(name, frame.rows, frame.row))
      if (!full) continue
      const back = returnOf(relations, frame)
      if (back) returns.push(back)
      const broken = judge(state, relations)
      const alarm = broken && report(relations, broken, frame)
      if (alarm) alarms.push(alarm)
    }
    return wandering ? { state, alarms, returns, wandering } : { state, alarms, returns }
  },

  standing: (state, limit) => usualStanding(state.relations?.columns ?? [], limit),
}

const values = new Float64Array(usualRelation.params.mostColumns)

/** Rows that are kept while a cycle of the season is awaited. */
const mostGathered = 20_000
/** Rows between two looks at who woke up. */
const newsEvery = 256

/** All that wander, if there are more of them than were told. */
function news(state: UsualRelationState): readonly string[] | null {
  const names = (state.relations?.columns ?? []).filter((column) => column.drifts).map((column) => column.name)
  if (names.length === state.told.length) return null
  state.told = names
  return names
}

/** Where there is a season, a whole cycle of it must have been seen: a feature that follows the days of the week looks as if it wandered before. */
const isOver = ({ times, baselineRows }: UsualRelationState, { cells, armed }: Frame): boolean =>
  times.length >= baselineRows && (cells === 1 || armed || times.length >= mostGathered)

function gather(state: UsualRelationState, features: Features, timeMs: number): void {
  for (const name in features) {
    const value = features[name]
    if (!isFiniteNumber(value)) continue
    let slot = state.slots.get(name)
    if (slot === undefined) {
      if (state.names.length >= usualRelation.params.mostColumns) continue
      slot = state.names.length
      state.slots.set(name, slot)
      state.names.push(name)
      state.gathered.push([])
    }
    const column = state.gathered[slot] as number[]
    while (column.length < state.times.length) column.push(Number.NaN)
    column.push(value)
  }
  state.times.push(timeMs)
}

/** The baseline's rows are over: scales, who wanders, and the relations as the baseline would have taught them. */
function complete(state: UsualRelationState, features: Features, frame: Frame): void {
  const { gathered, times } = state
  const relations = startRelations(state.names)
  for (const [j, column] of relations.columns.entries()) {
    const all = gathered[j] as number[]
    while (all.length < times.length) all.push(Number.NaN)
    const at = times.flatMap((_, i) => (Number.isNaN(all[i] as number) ? [] : [i]))
    const finite = at.map((i) => all[i] as number)
    if (finite.length < times.length / 4) continue
    if (finite.every((value) => value === finite[0])) column.gathered = [finite[0] as number]
    else
      wakeColumn(
        column,
        finite,
        at.map((i) => times[i] as number),
        frame.cells,
      )
  }
  if (relations.columns.some((column) => column.wanders)) {
    for (const [i, timeMs] of times.entries()) {
      for (let j = 0; j < gathered.length; j++) values[j] = gathered[j]?.[i] as number
      if (addRelated(relations, values, timeMs)) judge(state, relations)
    }
  }
  state.relations = relations
  state.order = keyOrder(features, state.slots)
  state.gathered = []
  state.times = []
}

/** Fills `values`. @returns false while no feature wanders: then there is nothing to do but wait for those that are constant. */
function read(state: UsualRelationState, relations: Relations, features: Features): boolean {
  if (!relations.columns.some(isOpen)) return false
  values.fill(Number.NaN, 0, relations.columns.length)
  let place = -1
  for (const name in features) {
    const next = placeOf(state.order as KeyOrder, name, place)
    if (next < 0) continue
    place = next
    const slot = state.order?.slots[place] as number
    const value = features[name]
    if (slot >= 0 && isFiniteNumber(value)) values[slot] = value
  }
  let wanders = false
  for (const [j, column] of relations.columns.entries()) {
    if (column.phase === 'asleep' && column.gathered.length > 0) gatherAsleep(column, values[j] as number)
    if (column.wanders) wanders = true
  }
  return wanders
}

/** Does it wander, or was it constant and may wake up? */
const isOpen = ({ wanders, phase, gathered }: UsualColumn): boolean =>
  wanders || (phase === 'asleep' && gathered.length > 0)

function spread(pending: Float64Array, mass: number): void {
  for (let s = 0; s < pending.length; s++) pending[s] = (pending[s] as number) + mass / pending.length
}

interface Break {
  column: UsualColumn
  unusual: Unusual
}

/** Looks at every feature that wanders, at every scale that is due. @returns the most improbable break. */
function judge(state: UsualRelationState, relations: Relations): Break | null {
  const watched = relations.columns.filter((column) => column.wanders && column.out === 0)
  let worst: Break | null = null
  for (let s = 0; s < scales.length; s++) {
    const due = watched.filter((column) => isDue(column.changes, s))
    if (due.length === 0) continue
    const mass = (state.pending[s] as number) / watched.length
    for (const column of due) {
      const unusual = judgeChange(column.changes, s, mass)
      if (unusual && (!worst || unusual.logE > worst.unusual.logE)) worst = { column, unusual }
    }
    state.pending[s] = 0
  }
  return worst
}

/** Rows since the onset before a break is told. */
const toldRows = 8

/** A break as an alarm; null when it is too small, or a few wild rows. */
function report(relations: Relations, { column, unusual }: Break, frame: Frame): Alarm | null {
  const own = { column, before: unusual.before, after: unusual.after }
  const other = blameFor(relations, column, unusual)
  // One that would be too small to be said cannot have moved this one.
  const blamed = Math.abs(other.after - other.before) < usualRelation.params.leastEffect ? own : other
  const onset = onsetOf(relations, blamed.column, unusual.rows, blamed.before)
  // What it is, a shift or a fault, needs a few rows: the next block tells.
  if (relations.rows - onset < toldRows) return null
  settleChange(column.changes, unusual)
  if (Math.abs(blamed.after - blamed.before) < usualRelation.params.leastEffect) return null
  if (!isLevel(relations, blamed, onset)) return null
  for (const each of relations.columns) settleChange(each.changes, null)
  const alarm = breakAlarm(relations, blamed, { ...unusual, onset }, frame.rows, rowIn(frame, relations, onset))
  const { feature, features = [feature] } = alarm.subject
  blamed.column.left = blamed.before
  for (const each of relations.columns) if (features.includes(each.name)) leaveOut(each)
  return alarm
}

/** The reported column that has come back, if there is one. */
function returnOf(relations: Relations, frame: Frame): Return | null {
  for (const column of relations.columns) {
    const since = column.out > 0 && !Number.isNaN(column.left) ? backSince(relations, column) : -1
    if (since < 0) continue
    column.left = Number.NaN
    column.out = 0
    for (const each of relations.columns) settleChange(each.changes, null)
    return breakReturn(column.name, frame.rows, rowIn(frame, relations, since))
  }
  return null
}

/** The model's row of a row of the relations. */
const rowIn = (frame: Frame, relations: Relations, row: number): number => frame.row - (relations.rows - 1 - row)
