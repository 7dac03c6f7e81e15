import type { Alarm, Context, Detector, UnitStanding } from '@/lib/detect/detector'
import type { Arrival, EventOf, Label } from '@/lib/event/types'
import { clearEvidence } from '@/lib/evidence/e-detector'
import { reportEvidence } from '@/lib/evidence/report'
import { burnInRows } from '@/lib/learn/witness'
import { charge, nameThem } from './charge'
import { type Crowd, type Sight, startCrowd, weighIn } from './crowd'
import { badOnes, hear, startTrial, type Trial } from './trial'
import { keepWrong, startWrongRows, type WrongRows } from './wrong-rows'

/**
 * Many origins that wreck the labels together, each too weak to be named alone; among them names that were never met before.
 *
 * Watches   the labels of all origins together against what the shadow learner expected, betting on those that looked bad before (./crowd.ts).
 * Misses    fewer than three origins (`poison.label_flip` has them); a feed all of whose sources turn labels alike, which is the world or its measuring;
 *           origins of one row each among as many honest new ones; regression.
 * Assumes   honest origins disagree as the learner and their own past say, give or take what is usual among their peers.
 * Evidence  M ← e·(M + mass), e as in ./crowd.ts; alarm at M ≥ 1, and only once the rows that follow show the named apart from the others (./trial.ts).
 * Source    recipes/poisoning.md §4 of this project (newcomers); Shin, Ramdas & Rinaldo 2022; Waudby-Smith & Ramdas 2024 for predictable bets.
 *
 * @example  twenty origins, of which every fourth turns half of its labels from line 2000 on → one finding at line 2520, onset 2059, those five.
 */
export interface AvailabilityState {
  crowd: Crowd
  trial: Trial | null
  /** Rows until the crowd is looked at again, when it was not one. */
  rest: number
  wrong: WrongRows
  names: readonly Label[]
}

type Training = EventOf<'ml.training.v1'>

/** Rows between two looks at a crowd that is none yet. */
const restRows = 25

export const availability: Detector<Record<string, never>, AvailabilityState> = {
  id: 'poison.availability/crowd',
  version: 1,
  reads: ['ml.training.v1'],
  spendsOn: ['ml.training.v1'],
  share: 0.15,
  minSample: burnInRows,
  params: {},
  init: () => ({ crowd: startCrowd(), trial: null, rest: 0, wrong: startWrongRows(), names: [] }),
  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    for (const arrival of batch)
      if (arrival.event.type === 'ml.training.v1') takeRow(state, arrival as Arrival<Training>, ctx, alarms)
    return { state, alarms }
  },
  standing: crowdStanding,
}

function takeRow(state: AvailabilityState, arrival: Arrival<Training>, ctx: Context, alarms: Alarm[]): void {
  const { y, judged, testifies, shadow } = ctx.learner.witness(arrival)
  if (!judged || !testifies) return
  const { event, index } = arrival
  state.names = shadow.classes.names
  const { classes, favourite } = judged
  const p = Math.min(Math.max(judged.steady, 0.004), classes === 2 ? 0.5 : 0.75)
  const sight: Sight = { p, hit: y !== favourite, turned: 1 - p / Math.max(1, classes - 1) }
  const { crowd } = state
  const weighed = weighIn(crowd, event.data.origin.id, sight, index, event.timeMs, ctx.mass(arrival))
  if (!weighed) return
  const { member, total } = weighed
  if (sight.hit)
    keepWrong(state.wrong, { id: event.id, index, origin: member.number, y, suspicion: 1 - (judged.p[y] as number) })
  if (state.trial) {
    const says = hear(state.trial, crowd, member, sight, favourite)
    if (says === 'open') return
    if (says === 'apart') accuseThem(state, state.trial, ctx, index, alarms)
    startOver(state)
  } else if (total >= 1 && state.rest-- <= 0) {
    state.trial = startTrial(crowd, index)
    state.rest = restRows
  }
}

function accuseThem(state: AvailabilityState, trial: Trial, ctx: Context, index: number, alarms: Alarm[]): void {
  const named = nameThem(state.crowd, trial)
  if (named.length === 0) return
  alarms.push(charge(state, trial, named, index))
  for (const member of named) {
    member.accused = true
    ctx.learner.distrust({ origin: member.id })
  }
}

function startOver(state: AvailabilityState): void {
  clearEvidence(state.crowd.evidence)
  state.trial = null
}

function crowdStanding({ crowd }: AvailabilityState): UnitStanding[] {
  const bad = badOnes(crowd).slice(0, 50)
  return [
    {
      kind: 'poison.availability',
      unit: 'crowd',
      subject: bad.length ? { origins: bad.map(({ id }) => id) } : {},
      ...reportEvidence(crowd.evidence),
      effect: crowd.wrong / Math.max(1, crowd.expected) - 1,
      n: crowd.rows,
    },
  ]
}
