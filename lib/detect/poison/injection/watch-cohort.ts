import type { Alarm, Context } from '@/lib/detect/detector'
import type { Arrival, EventOf } from '@/lib/event/types'
import { accuseCohort } from './accuse-cohort'
import { type Cohort, learnCopy, mostUsual, settleCohort, weighCopy } from './cohort'
import type { FloodState } from './flood-state'
import { rowsKept } from './near'

type Training = EventOf<'ml.training.v1'>
/** Parts of a row's mass: for its group, for those that share a phrase with it, and for new voices that repeat others. */
export const groupShare = 0.6
export const phraseShare = 0.15
const cohortShare = 0.25
const mostAccused = 500
const mostNew = 0.2

export interface OfCohort {
  readonly arrival: Arrival<Training>
  readonly made: 'words' | 'features'
  readonly copied: boolean
  readonly young: boolean
  readonly fresh: boolean
  readonly mass: number
}

/** Holds a new voice's row against its cohort. */
export function watchCohort(
  state: FloodState,
  { arrival, made, copied, young, fresh, mass }: OfCohort,
  ctx: Context,
  alarms: Alarm[],
): void {
  const { cohort, near } = state
  const { event, index } = arrival
  const origin = event.data.origin.id
  // Where new voices are many anyway, they are no crowd of somebody's.
  const isUsual = state.voices.youngLong > mostNew * Math.min(state.voices.rows, rowsKept)
  if (!young || isUsual) {
    learnCopy(cohort, copied, fresh)
    return
  }
  if (cohort.accused.includes(origin)) return
  const copy = copied ? { row: near.rows - 1, id: event.id, origin, index, timeMs: event.timeMs } : null
  const evidence = weighCopy(cohort, copy, mostUsual[made], cohortShare * mass)
  if (evidence < 1 || !copied) return
  const threshold = -Math.log((cohortShare * state.mass) / state.massRows)
  const alarm = accuseCohort(cohort, evidence, threshold, index)
  if (!alarm) return
  alarms.push(alarm)
  noteAccused(cohort, alarm)
  punish(arrival, alarm, ctx)
}

/** They are said: their rows are no example of anything. @returns whether anybody of them is news. */
export function noteAccused(cohort: Cohort, { subject }: Alarm): boolean {
  const who = subject.origins ?? [subject.origin as string]
  const news = who.filter((origin) => !cohort.accused.includes(origin))
  settleCohort(cohort)
  cohort.accused.push(...news)
  cohort.accused.splice(0, Math.max(0, cohort.accused.length - mostAccused))
  return news.length > 0
}

/** Rows of whoever was accused neither teach nor testify any more. */
export function punish(arrival: Arrival<Training>, { subject }: Alarm, ctx: Context): void {
  ctx.learner.witness(arrival)
  ctx.learner.withhold()
  for (const origin of subject.origins ?? [subject.origin as string]) ctx.learner.distrust({ origin })
}
