import type { Alarm, Context, Detector } from '@/lib/detect/detector'
import { craftedOrNot } from '@/lib/detect/poison/attribute/crafted'
import { type CrowdState, startCrowdState } from '@/lib/detect/poison/availability/charge'
import { meet } from '@/lib/detect/poison/availability/crowd'
import { type CrowdRules, cellOf } from '@/lib/detect/poison/availability/rules'
import type { Sight } from '@/lib/detect/poison/availability/sight'
import { crowdStanding, watchCrowd } from '@/lib/detect/poison/availability/watch-crowd'
import type { Arrival, EventOf } from '@/lib/event/types'
import { hashInt, spread } from '@/lib/learn/inputs/hash'
import { type Recalibration, recalibrated, startRecalibration } from './recalibrate'

type Training = EventOf<'ml.training.v1'>

/** Lines of training after which the anchor has dropped, at the earliest. */
const anchorRows = 4000
/** Rows by which the recalibration learns how the anchor errs, before anything is held against anybody. */
const settleRows = 300
const seedOfSample = 0x2f0e7d31

const frogs: CrowdRules = { turned: 0.25, fewest: 1, mostOfOne: 1, kind: 'poison.slow' }

export interface SlowState extends CrowdState {
  recalibration: Recalibration
  anchored: number
}

/**
 * The boiling frog: one source, or many, that pull the learner so slowly that it follows, and finds nothing odd in their labels.
 *
 * Watches   each origin's labels against what the *anchor* expects, the learner as it was after its first 4,000 rows, which never learns again; one origin
 *           is bet on as well as many (../availability/crowd.ts).
 * Misses    every other row, to halve its cost; what moved before the anchor dropped; who supplies most rows of the place that he pulls, or all (that place moved, for all that can be seen); a pull
 *           of less than about 15 % of one's rows. What the learner of today finds just as odd is said as what it is, flips or wreckage, if that was not said.
 * Assumes   an honest move of the world shows with all who send rows of the place: how often the anchor is wrong there is learned from everybody, online.
 * Evidence  M ← e·(M + mass), e as in ../availability/crowd.ts with chances recalibrated by ./recalibrate.ts; alarm at M ≥ 1, once later rows show the
 *           named apart from the others (../availability/trial.ts).
 * Source    recipes/poisoning.md §2d of this project (a frozen anchor); Pang et al. 2021, accumulative poisoning.
 *
 * @example  ten origins, of which vendor-3 sends a third of the rows and pulls the boundary up, a little further with each row from line 5000 on → one
 *           finding at line 9699, origin vendor-3.
 */
export const slowPoison: Detector<{ [name: string]: never }, SlowState> = {
  id: 'poison.slow/anchor',
  version: 1,
  reads: ['ml.training.v1'],
  spendsOn: ['ml.training.v1'],
  share: 0.3,
  wants: ['places', 'points', 'anchor', 'influence'],
  minSample: anchorRows,
  params: {},
  init: () => ({
    ...startCrowdState(frogs),
    recalibration: startRecalibration(),
    anchored: 0,
  }),
  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    for (const arrival of batch) {
      if (arrival.event.type !== 'ml.training.v1') continue
      const said = alarms.length
      takeRow(state, arrival as Arrival<Training>, ctx, alarms)
      if (alarms.length === said) continue
      const { recent } = ctx.learner.witness(arrival as Arrival<Training>)
      for (const alarm of alarms.splice(said)) alarms.push(craftedOrNot(alarm, state.names, recent))
    }
    return { state, alarms }
  },
  standing: (state) => crowdStanding(state, 'poison.slow'),
}

function takeRow(state: SlowState, arrival: Arrival<Training>, ctx: Context, alarms: Alarm[]): void {
  const witness = ctx.learner.witness(arrival)
  const { y, testifies, shadow, recent } = witness
  if (!testifies) return
  const { event, index } = arrival
  // Slow poison gives time: every other row is asked about, for the anchor costs as much as the learner.
  if (spread(hashInt(seedOfSample, index)) & 1) return
  const judged = witness.anchored()
  if (!judged || y >= judged.classes) {
    meet(state.crowd, event.data.origin.id)
    return
  }
  state.names = shadow.classes.names
  const { favourite } = judged
  const hit = y !== favourite
  const p = recalibrated(state.recalibration, judged, hit)
  if (state.anchored++ < settleRows) {
    meet(state.crowd, event.data.origin.id)
    return
  }
  const sight: Sight = {
    p,
    hit,
    turned: 1 - p / Math.max(1, judged.classes - 1),
    cell: cellOf(favourite, judged.steady),
  }
  const { judged: today } = witness
  const row = {
    id: event.id,
    index,
    timeMs: event.timeMs,
    y,
    favourite,
    suspicion: 1 - (judged.p[y] as number),
    odd: today !== null && y !== today.favourite,
    oddChance: today?.steady ?? 0,
  }
  const named = watchCrowd(
    state,
    event.data.origin.id,
    sight,
    row,
    ctx.mass(arrival),
    ctx.learner.isAccused,
    alarms,
    recent,
  )
  for (const { id } of named) ctx.learner.distrust({ origin: id })
}
