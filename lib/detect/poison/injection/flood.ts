import type { Alarm, Context, Detector } from '@/lib/detect/detector'
import type { Arrival, EventOf } from '@/lib/event/types'
import { numberOf } from '@/lib/learn/place/recent'
import { accuseFlood, type Flood, floodOf, isStuck } from './accuse-flood'
import { floodStanding } from './flood-standing'
import { type FloodState, startFloodState } from './flood-state'
import { at, each, evidenceOf, join, makeRoom, settleGroup, shareInSuch } from './groups'
import { addRow, nearest, nearestOfFeatures, nearFrom, rowsKept } from './near'
import { alikeWords, parts, sketchRow } from './sketch'
import { firstRows, isNew, isYoung, speak } from './voices'
import { groupShare, noteAccused, punish, watchCohort } from './watch-cohort'

/**
 * A flood: one row sent again and again, as it is or slightly changed, by one origin or by many that have just appeared.
 *
 * Watches   groups of near copies (./sketch.ts) among the last 8,192 rows: how fast each grows, and who sends them (./groups.ts); and
 *           whether new origins only repeat what others said (./cohort.ts).
 * Misses    copies rewritten in more than about a third of their words, or in all their numbers; a flood of less than a row in 1,000; one by many
 *           accounts that have waited for 3,000 rows each before; one in a stream where new accounts send most rows anyway; one sender's template where
 *           other senders have theirs (a newsletter looks the same).
 * Assumes   content that everybody sends is honest, however fast; what the stream's other copies did in the past is usual here.
 * Evidence  M ← e·(M + mass) for growth and for voices of the group that the row joins; alarm when both are ≥ 1, at 8 copies at least.
 * Effect    share of the rows since its onset.
 * Source    Broder 1997; Pitman & Yor 1997; Shin, Ramdas & Rinaldo 2022; recipes/poisoning.md §5.
 *
 * @example  ten origins; from line 2,000 on every tenth row is one text with a word changed, from 20 new accounts → one finding at line 2070.
 */
export interface FloodParams {
  readonly leastCopies: number
  /** Share of the other rows in groups half as large, above which groups are what the stream is made of. */
  readonly mostInSuch: number
}

type Training = EventOf<'ml.training.v1'>
const sketch = new Int32Array(parts)

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [kept, from, wordsAlike, numbersEach, numberOfName] = [rowsKept, nearFrom, alikeWords, each, numberOf]
const { copies: copiesAt, fired: firedAt } = at

export const flood: Detector<FloodParams, FloodState> = {
  id: 'poison.injection/flood',
  version: 2,
  reads: ['ml.training.v1'],
  spendsOn: ['ml.training.v1'],
  share: 0.3,
  wants: ['influence'],
  minSample: firstRows,
  params: { leastCopies: 8, mostInSuch: 0.1 },
  init: startFloodState,
  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    const scores: { index: number; suspicion: number }[] = []
    for (const arrival of batch) {
      if (arrival.event.type !== 'ml.training.v1') continue
      takeRow(state, arrival as Arrival<Training>, ctx, alarms, scores)
    }
    return { state, alarms, scores }
  },
  standing: floodStanding,
}

function takeRow(
  state: FloodState,
  arrival: Arrival<Training>,
  ctx: Context,
  alarms: Alarm[],
  scores: { index: number; suspicion: number }[],
): void {
  const { event, index } = arrival
  const { id } = event.data.origin
  const { near, groups, voices } = state
  const voice = numberOfName(id)
  const young = isYoung(voices, voice)
  const mass = ctx.mass(arrival)
  const made = sketchRow(state.sketcher, event.data, sketch)
  const twin =
    made === 'none' ? -1 : made === 'words' ? nearest(near, sketch, wordsAlike) : nearestOfFeatures(near, sketch)
  const row = addRow(near, made === 'none' ? null : sketch)
  if (row === 0) {
    state.index = new Float64Array(kept)
    state.times = new Float64Array(kept)
  }
  makeRoom(groups, row)
  const place = row % kept
  state.ids[place] = event.id
  state.origins[place] = id
  state.index[place] = index
  state.times[place] = event.timeMs
  state.mass += mass
  state.massRows++
  const group = twin >= 0 ? join(groups, voices, { row, twin, voice, young, mass: groupShare * mass }) : -1
  const fresh = isNew(voices, voice, young)
  speak(voices, voice, fresh)
  const isSaid = group >= 0 && groups.numbers[group * numbersEach + firedAt] === 1
  if (made !== 'none' && row >= from && !isSaid)
    watchCohort(state, { arrival, copied: twin >= 0, young, fresh, mass }, ctx, alarms)
  if (group < 0) return
  const copies = groups.numbers[group * numbersEach + copiesAt] as number
  if (copies < 3) return
  const evidence = evidenceOf(groups, group)
  const enough = Math.min(evidence.growth, evidence.voices)
  const fired = groups.numbers[group * numbersEach + firedAt] as number
  scores.push({
    index,
    suspicion: fired === 1 ? 0.97 : 0.9 * Math.max(0, Math.min(1, 1 - Math.log(enough) / Math.log(mass))),
  })
  if (fired === 1) {
    ctx.learner.witness(arrival)
    ctx.learner.withhold()
  }
  if (fired !== 0 || row < firstRows || copies < flood.params.leastCopies || enough < 1) return
  if (copies < (groups.numbers[group * numbersEach + at.look] as number)) return
  const found = floodOf(state, group)
  const says = judge(state, group, found, row)
  if (says === 'open') groups.numbers[group * numbersEach + at.look] = Math.ceil(copies * 1.15)
  if (says !== 'open') settleGroup(groups, group)
  if (says === 'stuck') groups.numbers[group * numbersEach + firedAt] = 2
  if (says !== 'flood') return
  const alarm = accuseFlood(state, group, found, index)
  // Whoever was accused as one of a crowd that repeats others is not accused again.
  if (!noteAccused(state.cohort, alarm)) return
  alarms.push(alarm)
  punish(arrival, alarm, ctx)
}

/** The evidence suffices: is it a flood? Rows that few sent, in a stream that is not made of such groups, beside what they send anyway. */
function judge(state: FloodState, group: number, found: Flood, row: number): 'flood' | 'stuck' | 'open' {
  const { leastCopies, mostInSuch } = flood.params
  if (found.rows.length < leastCopies || found.origins.length === 0) return 'open'
  // Young voices are no part of what a stream is made of.
  if (evidenceOf(state.groups, group).young < 1) {
    if (found.origins.length > found.rows.length / 2) return 'open'
    if (shareInSuch(state.groups, group, found.rows.length / 2, row) > mostInSuch) return 'open'
  }
  const stuck = isStuck(state, found)
  return stuck === 'yes' ? 'stuck' : stuck === 'open' ? 'open' : 'flood'
}
