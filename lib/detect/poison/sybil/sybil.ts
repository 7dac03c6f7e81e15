import type { Alarm, Context, Detector, UnitStanding } from '@/lib/detect/detector'
import { pushOf } from '@/lib/detect/poison/label-flip/accuse'
import { strongestBet } from '@/lib/detect/poison/label-flip/unit'
import type { Arrival, EventOf } from '@/lib/event/types'
import { reportEvidence, worstFirst } from '@/lib/evidence/report'
import { burnInRows } from '@/lib/learn/witness'
import { gather } from './gather'
import { settle } from './settle'
import { type SybilState, startSybilState } from './state'
import { asUnit } from './weigh-cluster'
import { fewest, weighRow } from './weigh-row'

type Training = EventOf<'ml.training.v1'>

/**
 * Many accounts of one hand, each too small to be named: origins that look like one are judged as one.
 *
 * Watches   origins that were born, write, or lie together, or repeat one another (./gather.ts; labels are not looked at), three and more, as one source: their
 *           labels against what the shadow learner expected. A row that repeats another member's is not counted again.
 * Misses    accounts made one by one, over weeks, that keep no common hours and write of different things; who were there in the first 1,000 rows and
 *           coincide in nothing; where labels are numbers, fewer than eight (people differ), and labels moved by less than their noise; a cluster is cut at 64.
 * Assumes   as of a source (../label-flip/label-flip.ts); a cluster is no accusation: a team that starts on one day, or a shift, stays silent as long as its labels do.
 * Evidence  of a cluster M ← e·(M + mass), e as in ./weigh-cluster.ts; who joins brings his own M, so that what members gathered apart is averaged (any dependence);
 *           the mass of a row is shared by the ties that it bears on. Alarm at ΣM ≥ 1, once ../label-flip/world.ts shows the others apart.
 * Source    reference/poisoning.md §2 of this project (the average of e-values over a cluster is one); Vovk & Wang 2021, Ann. Statist. 49.
 *
 * @example  60 vendors and guests who come for an hour; twelve accounts made within 80 lines of line 2400 send six rows each, of which 85 in 100 are turned to
 *           approve → one finding at line 4824, onset 3016, seven of the twelve.
 */
export const sybils: Detector<Record<string, never>, SybilState> = {
  id: 'poison.label_flip/sybils',
  version: 1,
  reads: ['ml.training.v1'],
  spendsOn: ['ml.training.v1'],
  share: 0.15,
  wants: ['places', 'points', 'influence'],
  minSample: burnInRows,
  params: {},
  init: startSybilState,
  idle: ({ clusters }) => {
    for (const { members } of clusters.byKey.values()) if (members.size >= fewest) return false
    return true
  },
  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    for (const arrival of batch)
      if (arrival.event.type === 'ml.training.v1') takeRow(state, arrival as Arrival<Training>, ctx, alarms)
    return { state, alarms }
  },
  standing: sybilStanding,
}

function takeRow(state: SybilState, arrival: Arrival<Training>, ctx: Context, alarms: Alarm[]): void {
  const witness = ctx.learner.witness(arrival)
  const { event, index } = arrival
  const gathered = gather(state, event.data.origin.id, index, witness, event.data)
  const { y, judged, testifies, recent } = witness
  if (!gathered || !judged || !testifies) return
  state.names = recent.numeric ? [] : witness.shadow.classes.names
  const row = { id: event.id, index, timeMs: event.timeMs, y, judged, numeric: recent.numeric }
  for (const cluster of weighRow(state, gathered, row, ctx.mass(arrival))) {
    const alarm = settle(state, { witness, learner: ctx.learner, index }, cluster)
    if (alarm) alarms.push(alarm)
  }
}

const mostShown = 50

/** The clusters' evidence, worst first, with who sits in each. */
function sybilStanding({ clusters, names }: SybilState, limit: number): UnitStanding[] {
  const judged = [...clusters.byKey.values()].filter(({ members }) => members.size >= fewest)
  const units = judged.map((cluster): UnitStanding => {
    const { unit } = cluster
    const push = pushOf(unit, strongestBet(asUnit(cluster)))
    return {
      kind: 'poison.label_flip',
      unit: `sybils ${unit.id}`,
      subject: { origins: [...cluster.members.keys()].slice(0, mostShown) },
      ...reportEvidence(unit.evidence),
      effect: unit.rows > 0 && names.length > 0 ? push.effect : 0,
      n: unit.rows,
    }
  })
  return worstFirst(units, limit)
}
