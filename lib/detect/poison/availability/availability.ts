import type { Alarm, Context, Detector } from '@/lib/detect/detector'
import type { Arrival, EventOf } from '@/lib/event/types'
import { burnInRows } from '@/lib/learn/witness'
import type { CrowdState } from './charge'
import { sightOf, startCrowd } from './crowd'
import { wreckers } from './rules'
import { crowdStanding, watchCrowd } from './watch-crowd'
import { startWrongRows } from './wrong-rows'

type Training = EventOf<'ml.training.v1'>

/**
 * Many origins that wreck the labels together, each too weak to be named alone; among them names that were never met before.
 *
 * Watches   the labels of all origins together against what the shadow learner expected, betting on those that looked bad before (./crowd.ts).
 * Misses    fewer than three origins (`poison.label_flip` has them); a feed all of whose sources turn labels alike, which is the world or its measuring;
 *           origins of one row each among as many honest new ones; of numbers, raters whose honest labels lie nearly as wide as turned ones,
 *           and who was always as far off.
 * Assumes   honest origins disagree as the learner and their own past say, give or take what is usual among their peers.
 * Evidence  M ← e·(M + mass), e as in ./crowd.ts; alarm at M ≥ 1, and only once the rows that follow show the named apart from the others (./trial.ts).
 * Source    recipes/poisoning.md §4 of this project (newcomers); Shin, Ramdas & Rinaldo 2022; Waudby-Smith & Ramdas 2024 for predictable bets.
 *
 * @example  twenty origins, of which every fourth turns half of its labels from line 2000 on → one finding at line 2518, onset 2059, those five.
 */
export const availability: Detector<Record<string, never>, CrowdState> = {
  id: 'poison.availability/crowd',
  version: 2,
  reads: ['ml.training.v1'],
  spendsOn: ['ml.training.v1'],
  share: 0.15,
  wants: ['influence'],
  minSample: burnInRows,
  params: {},
  init: () => ({ crowd: startCrowd(wreckers), trial: null, rest: 0, wrong: startWrongRows(), names: [] }),
  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    for (const arrival of batch)
      if (arrival.event.type === 'ml.training.v1') takeRow(state, arrival as Arrival<Training>, ctx, alarms)
    return { state, alarms }
  },
  standing: (state) => crowdStanding(state, 'poison.availability'),
}

function takeRow(state: CrowdState, arrival: Arrival<Training>, ctx: Context, alarms: Alarm[]): void {
  const { y, judged, testifies, shadow } = ctx.learner.witness(arrival)
  if (!judged || !testifies) return
  const { event, index } = arrival
  state.names = shadow.classes.names
  const { favourite } = judged
  const sight = sightOf(judged, y)
  const row = {
    id: event.id,
    index,
    timeMs: event.timeMs,
    y,
    favourite,
    suspicion: 1 - (judged.p[y] as number),
    odd: sight.hit,
    oddChance: sight.p,
  }
  const named = watchCrowd(state, event.data.origin.id, sight, row, ctx.mass(arrival), ctx.learner.isAccused, alarms)
  for (const { id } of named) ctx.learner.distrust({ origin: id })
}
