import type { Alarm, Context, Detector } from '@/lib/detect/detector'
import type { Arrival, EventOf } from '@/lib/event/types'
import { worstFirst } from '@/lib/evidence/report'
import { burnInRows } from '@/lib/learn/witness'
import { type CrowdState, startCrowdState } from './charge'
import { gang, wreckers } from './rules'
import { anySight, sightOf } from './sight'
import { crowdStanding, watchCrowd } from './watch-crowd'

type Training = EventOf<'ml.training.v1'>

export interface WreckState {
  origins: CrowdState
  labelers: CrowdState
}

/** Part of a row's mass for its origin, where it has a labeler as well. */
const originPart = 0.5

/**
 * Many origins that wreck the labels together, each too weak to be named alone; among them names that were never met before. Labelers too, each of whom is
 * accused of turned labels by himself (./gang.ts).
 *
 * Watches   the labels of all origins together against what the shadow learner expected, betting on those that looked bad before (./crowd.ts).
 * Misses    fewer than three origins (`poison.label_flip` has them); a feed all of whose sources turn labels alike, which is the world or its measuring;
 *           origins of one row each among as many honest new ones; labelers who are new and turn no more of their labels than one who guesses;
 *           who alone serves a place (../attribute/in-company.ts); of numbers, raters whose honest labels lie nearly as wide as turned ones, and who was
 *           always as far off.
 * Assumes   honest origins disagree as the learner and their own past say, give or take what is usual among their peers.
 * Evidence  M ← e·(M + mass), e as in ./crowd.ts; alarm at M ≥ 1, and only once the rows that follow show the named apart from the others (./trial.ts).
 * Source    recipes/poisoning.md §4 of this project (newcomers); Shin, Ramdas & Rinaldo 2022; Waudby-Smith & Ramdas 2024 for predictable bets.
 *
 * @example  twenty origins, of which every fourth turns half of its labels from line 2000 on → one finding at line 2518, onset 2059, those five.
 */
export const availability: Detector<Record<string, never>, WreckState> = {
  id: 'poison.availability/crowd',
  version: 3,
  reads: ['ml.training.v1'],
  spendsOn: ['ml.training.v1'],
  share: 0.15,
  wants: ['places', 'points', 'influence'],
  minSample: burnInRows,
  params: {},
  init: () => ({ origins: startCrowdState(wreckers), labelers: startCrowdState(gang) }),
  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    for (const arrival of batch)
      if (arrival.event.type === 'ml.training.v1') takeRow(state, arrival as Arrival<Training>, ctx, alarms)
    return { state, alarms }
  },
  standing: ({ origins, labelers }, limit) =>
    worstFirst(
      [
        ...crowdStanding(origins, 'poison.availability'),
        ...(labelers.crowd.rows > 0 ? crowdStanding(labelers, 'poison.label_flip') : []),
      ],
      limit,
    ),
}

function takeRow(state: WreckState, arrival: Arrival<Training>, ctx: Context, alarms: Alarm[]): void {
  const { y, judged, testifies, shadow, recent } = ctx.learner.witness(arrival)
  if (!judged || !testifies) return
  const { event, index } = arrival
  const { origin, labeler } = event.data
  state.origins.names = state.labelers.names = shadow.classes.names
  const sight = sightOf(judged, y)
  const row = {
    id: event.id,
    index,
    timeMs: event.timeMs,
    y,
    favourite: judged.favourite,
    suspicion: 1 - (judged.p[y] as number),
    odd: sight.hit,
    oddChance: sight.p,
  }
  const mass = ctx.mass(arrival)
  const part = labeler === undefined ? 1 : originPart
  const { isAccused, distrust } = ctx.learner
  const named = watchCrowd(state.origins, origin.id, sight, row, mass * part, isAccused, alarms, recent)
  for (const { id } of named) distrust({ origin: id })
  if (labeler === undefined) return
  const people = watchCrowd(
    state.labelers,
    labeler,
    anySight(judged, y),
    row,
    mass * (1 - part),
    isAccused,
    alarms,
    recent,
  )
  for (const { id } of people) distrust({ labeler: id })
}
