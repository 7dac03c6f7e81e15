import type { Alarm, Detector, Return } from '@/lib/detect/detector'
import { type KeyOrder, placeOf } from '@/lib/detect/drift/key-order'
import { breakReturn } from '@/lib/detect/drift/usual/alarm'
import type { UsualColumn } from '@/lib/detect/drift/usual/column'
import { complete, gather, isOver } from '@/lib/detect/drift/usual/gathering'
import { addRelated, gatherAsleep, type Relations } from '@/lib/detect/drift/usual/relations'
import { judge, report, returnOf, spread } from '@/lib/detect/drift/usual/report'
import { usualStanding } from '@/lib/detect/drift/usual/standing'
import type { UsualRelationState } from '@/lib/detect/drift/usual/state'
import { scales } from '@/lib/detect/drift/usual/usual-change'
import type { Features } from '@/lib/event/types'
import { baselineRowsOf } from '@/lib/monitor/config'
import { isFiniteNumber } from '@/lib/stats/finite'

/**
 * A numeric feature that is never at rest (prices, weather, demand) changes more than it usually does, against the features that move with it.
 *
 * Watches   features whose serial correlation no simple law explains, so that ranks of their values mean nothing: what the other features, the hour of
 *           the day and their own slow level leave of them. Weather that moves everything at once leaves little; a sensor that jumps alone leaves all.
 *           Two that carry each other's values are told from a move of one by the likelihood of the whole rows, and read in each other's place from then on.
 * Misses    a change not greater than the changes that the feature makes by itself; a change of all features together; of spread with equal mean.
 * Assumes   changes past and present exchangeable (the page of a record), or normal of their past spread (the budget): see drift/usual/usual-change.
 * Evidence  Student's t of a change between neighbouring stretches of 16 to 512 rows against the past changes of that scale; a sum of looks within
 *           the budget; and a record by a quarter.
 * Effect    the change, in the feature's baseline standard deviations; below `leastEffect`: a record, but no page.
 * Source    regression control charts (Mandel 1969; Hawkins 1991); records of exchangeable sequences (Rényi 1962).
 */
export interface UsualRelationParams {
  readonly mostColumns: number
  readonly leastEffect: number
}

const version = 4

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
        gather(state, event.data.features, event.timeMs, usualRelation.params.mostColumns)
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
      const broken = judge(state.pending, relations)
      const told = broken && report(relations, broken, frame, usualRelation.params.leastEffect)
      if (Array.isArray(told)) returns.push(...told)
      else if (told) alarms.push(told)
    }
    return wandering ? { state, alarms, returns, wandering } : { state, alarms, returns }
  },

  standing: (state, limit) => usualStanding(state.relations?.columns ?? [], limit),
}

const values = new Float64Array(usualRelation.params.mostColumns)

/** Rows between two looks at who woke up. */
const newsEvery = 256

/** All that wander, if there are more of them than were told. */
function news(state: UsualRelationState): readonly string[] | null {
  const names = (state.relations?.columns ?? []).filter((column) => column.drifts).map((column) => column.name)
  if (names.length === state.told.length) return null
  state.told = names
  return names
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
