import type { Alarm, Context } from '@/lib/detect/detector'
import type { Arrival, EventOf } from '@/lib/event/types'
import { tokens } from '@/lib/learn/inputs/tokens'
import { written } from '@/lib/learn/inputs/written'
import { suspicionOfCopy } from './copy-suspicion'
import type { FloodState } from './flood-state'
import { at, each, evidenceOf, groupOfTwin, join, settleGroup } from './groups'
import { rowsKept } from './near'
import { phraseAlarm, planted } from './phrase-alarm'
import { sharedPhrase } from './phrases'
import { firstRows } from './voices'
import { noteAccused, phraseShare } from './watch-cohort'

const leastCopies = 8
const numbers = (state: FloodState, group: number) => state.phrased.numbers.subarray(group * each, (group + 1) * each)

export interface OfPhrase {
  readonly arrival: Arrival<EventOf<'ml.training.v1'>>
  readonly row: number
  readonly voice: number
  readonly young: boolean
  readonly mass: number
}

/** Holds a row against those that share a phrase with it. */
export function takePhrase(
  state: FloodState,
  { arrival, row, voice, young, mass }: OfPhrase,
  ctx: Context,
  alarms: Alarm[],
  scores: { index: number; suspicion: number }[],
): void {
  const text = arrival.event.data.text as string
  const { is, twin, run, first, words } = sharedPhrase(state.phrases, text, row, state.phrased.groupOf)
  if (is === 'none') return
  state.phrases.by[row % rowsKept] = run
  if (is === 'own') {
    groupOfTwin(state.phrased, row)
    return
  }
  if (is === 'twin') state.phrases.by[twin % rowsKept] = run
  const group = join(state.phrased, state.voices, { row, twin, voice, young, mass: phraseShare * mass })
  if (group < 0) return
  const its = numbers(state, group)
  const copies = its[at.copies] as number
  if (copies < 3) return
  const { y, judged } = ctx.learner.witness(arrival)
  state.odd[row % rowsKept] = judged && y !== judged.favourite ? 1 : 0
  const { growth, voices } = evidenceOf(state.phrased, group)
  const enough = Math.min(growth, voices)
  const fired = its[at.fired] as number
  scores.push({ index: arrival.index, suspicion: suspicionOfCopy(enough, mass, fired === 1) })
  if (fired === 1) ctx.learner.withhold()
  if (fired !== 0 || row < firstRows || copies < leastCopies || enough < 1 || copies < (its[at.look] as number)) return
  const found = planted(state, group)
  its[at.look] = Math.ceil(copies * 1.15)
  if (!found || found.rows.length < leastCopies) return
  const phrase = written(text, tokens(text), first, first + words - 1)
  const alarm = phraseAlarm(state, group, found, phrase, arrival.index)
  settleGroup(state.phrased, group)
  // Whoever was accused as one of a crowd that repeats others is not accused again. His other rows are honest and go on to teach.
  if (noteAccused(state.cohort, alarm)) alarms.push(alarm)
  ctx.learner.withhold()
}
