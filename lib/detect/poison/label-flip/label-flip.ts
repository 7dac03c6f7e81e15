import type { Alarm, Context, Detector } from '@/lib/detect/detector'
import { noteUsual } from '@/lib/detect/poison/borne'
import { companyOfRow, honestChance } from '@/lib/detect/poison/row-suspicion'
import type { Arrival, EventOf, Label } from '@/lib/event/types'
import type { Judgement } from '@/lib/learn/judge/calibrate'
import { judgedSpan } from '@/lib/learn/judge/judge'
import { nobody } from '@/lib/learn/place/recent'
import { targetOf } from '@/lib/learn/regression/regressor'
import { burnInRows, type Witness } from '@/lib/learn/witness'
import { emptyLook, type Look, lookAt, ownLength } from './scatter'
import { seeRatio } from './seen'
import { manyUnits, settle } from './settle'
import { flipSources, flipStanding } from './standing'
import { type FlipState, startFlipState } from './state'
import { suspect } from './suspects'
import { type Unit, weigh } from './unit'
import { suspectsEach, touch, type Units, usualOf } from './units'

/**
 * A source, or a labeler, that turns labels: all of them, a part, one way or both, from its birth or from some day on.
 *
 * Watches   each origin's and each labeler's labels against what the shadow learner (lib/learn) expected before it saw them.
 * Misses    a source that labels wrong in less than about 20 % of its rows (that is careless, and not accused); a labeler who was never careful, unless
 *           he is wrong oftener than one who guesses; a majority of the feed that turns together (that is taken for the world moving); one who
 *           turns only rows that the learner cannot tell, or that nobody else sends the like of (../attribute/in-company.ts); among people who differ, who
 *           was that way from the first row (./habit.ts): a labeler who always leaned to a class, of numbers any source; of a rater's numbers, fewer than some 50 that are drawn at random (./scatter.ts). Three and more
 *           together are said as `poison.availability` (./company.ts).
 * Assumes   the learner's chances are calibrated for honest rows of the region; `test` of an accusation says what would look the same.
 * Evidence  per unit and bet M ← e·(M + mass), e as in ./bets.ts; alarm at ΣM ≥ 1, and only once ./world.ts shows the others apart.
 * Source    recipes/poisoning.md §1–4 of this project; Shin, Ramdas & Rinaldo 2022; Waudby-Smith & Ramdas 2024 for betting.
 *
 * @example  eight origins, of which vendor-3 turns every label from line 1500 on (its next row is line 1503) → one finding at line 1554, onset 1503,
 *           origin vendor-3.
 */
export interface FlipParams {
  /** Part of a row's mass for its origin; the rest is its labeler's, where it has one. */
  readonly originShare: number
}

const params: FlipParams = { originShare: 0.7 }

type Training = EventOf<'ml.training.v1'>

export const labelFlip: Detector<FlipParams, FlipState> = {
  id: 'poison.label_flip/source',
  version: 8,
  reads: ['ml.training.v1'],
  spendsOn: ['ml.training.v1'],
  share: 1,
  wants: ['places'],
  minSample: burnInRows,
  params,
  init: startFlipState,
  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    const scores: { index: number; suspicion: number }[] = []
    for (const arrival of batch) {
      if (arrival.event.type !== 'ml.training.v1') continue
      scores.push({ index: arrival.index, suspicion: takeRow(state, arrival as Arrival<Training>, ctx, alarms) })
    }
    return { state, alarms, scores }
  },
  standing: flipStanding,
  sources: flipSources,
}

/** @returns what is held against the row. */
function takeRow(state: FlipState, arrival: Arrival<Training>, ctx: Context, alarms: Alarm[]): number {
  const witness = ctx.learner.witness(arrival)
  const { y, judged } = witness
  if (y < 0) return 0
  if (witness.recent.numeric !== state.numeric)
    Object.assign(state, startFlipState(), { numeric: witness.recent.numeric })
  state.names = witness.recent.numeric ? [] : witness.shadow.classes.names
  const { data } = arrival.event
  const origin = touch(state.origins, 'origin', data.origin.id, data.origin.kind, arrival.index)
  const labeler = data.labeler === undefined ? null : touch(state.labelers, 'labeler', data.labeler, '', arrival.index)
  // Of whoever is not watched nothing is learned: a flood of names must not teach in their shadow.
  if (origin === null || (labeler === null && data.labeler !== undefined)) ctx.learner.withhold()
  else if (judged && witness.testifies) testify(state, arrival, witness, judged, origin, labeler, ctx, alarms)
  return judged ? companyOfRow(honestChance(witness, data.label), y, judged.classes, origin, labeler) : 0
}

function testify(
  state: FlipState,
  arrival: Arrival<Training>,
  witness: Witness,
  judged: Judgement,
  origin: Unit,
  labeler: Unit | null,
  ctx: Context,
  alarms: Alarm[],
): void {
  const { event, index } = arrival
  const { y } = witness
  const { numeric } = witness.recent
  const mass = ctx.mass(arrival)
  const originPart = labeler ? params.originShare : 1
  const usual = usualOf(state.origins)
  let look = lookOf(state.origins, origin, witness, event.data.label)
  const ofOrigin = weigh(origin, judged, y, index, event.timeMs, mass * originPart, usual, numeric, look)
  if (look) seeRatio(state.seen.origin, witness.recent, look)
  let ofLabeler = 0
  if (labeler) {
    const usual = usualOf(state.labelers)
    look = lookOf(state.labelers, labeler, witness, event.data.label)
    ofLabeler = weigh(labeler, judged, y, index, event.timeMs, mass * (1 - originPart), usual, true, look)
    if (look) seeRatio(state.seen.labeler, witness.recent, look)
  }
  noteUsual(state.origins, judged.disagree, y !== judged.favourite)
  if (labeler) noteUsual(state.labelers, judged.disagree, y !== judged.favourite)
  if (y !== judged.favourite) {
    const row = { id: event.id, index, timeMs: event.timeMs, y, suspicion: 1 - (judged.p[y] as number) }
    suspect(origin, { ...row, partner: labeler?.number ?? nobody }, suspectsEach(state.origins))
    if (labeler) suspect(labeler, { ...row, partner: origin.number }, suspectsEach(state.labelers))
  }
  if (ofOrigin < 1) origin.held = origin.nextLook = 0
  if (labeler && ofLabeler < 1) labeler.held = labeler.nextLook = 0
  const trial = { witness, learner: ctx.learner, index, alarms, seen: state.seen }
  if (ofOrigin >= 1) settle(trial, origin, state.origins, state.labelers)
  if (labeler && !origin.accused && !labeler.accused && ofLabeler >= 1)
    settle(trial, labeler, state.labelers, state.origins)
}

const look = emptyLook()

/** Where labels are numbers: how the row's label lies, by the unit's own ways; null where they are classes. */
function lookOf({ scatter, byId }: Units, unit: Unit, { shadow }: Witness, label: Label): Look | null {
  const span = judgedSpan(shadow)
  if (!span || !shadow.regressor || byId.size < manyUnits) return null
  if (unit.scatter.length === 0) unit.scatter = new Float64Array(ownLength)
  lookAt(scatter, unit.scatter, span, targetOf(shadow.regressor, Number(label)), look)
  return look
}
