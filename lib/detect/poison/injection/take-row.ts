import type { Alarm, Context } from '@/lib/detect/detector'
import type { Arrival, EventOf } from '@/lib/event/types'
import { numberOf } from '@/lib/learn/place/recent'
import { accuseFlood, type Flood, floodOf, isStuck } from './accuse-flood'
import { isAlike } from './alike'
import { suspicionOfCopy } from './copy-suspicion'
import type { FloodState } from './flood-state'
import { at, each, evidenceOf, join, makeRoom, settleGroup, shareInSuch } from './groups'
import { addRow, nearest, nearestOfFeatures, nearFrom, rowsKept } from './near'
import { saidAgain } from './said-again'
import { alikeWords, parts, sketchRow } from './sketch'
import { takePhrase } from './take-phrase'
import { firstRows, isNew, isYoung, speak } from './voices'
import { groupShare, noteAccused, punish, watchCohort } from './watch-cohort'

type Training = EventOf<'ml.training.v1'>

/** Copies that make a flood at least. */
const leastCopies = 8
/** Share of the other rows in groups half as large, above which groups are what the stream is made of. */
const mostInSuch = 0.1
const sketch = new Int32Array(parts)

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [kept, from, wordsAlike, numbersEach, numberOfName] = [rowsKept, nearFrom, alikeWords, each, numberOf]
const { copies: copiesAt, fired: firedAt } = at

/** Holds a training row against its near copies, its phrases, and the other rows of new voices. */
export function takeRow(
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
    state.odd = new Uint8Array(kept)
  }
  makeRoom(groups, row)
  makeRoom(state.phrased, row)
  const place = row % kept
  state.odd[place] = 0
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
  const alike = made === 'features' && isAlike(state.likes, state.sketcher.columns, event.data, young)
  if (made !== 'none' && row >= from && !isSaid)
    watchCohort(state, { arrival, made, copied: twin >= 0 || alike, young, fresh, mass }, ctx, alarms)
  if (event.data.text !== undefined && !isSaid)
    takePhrase(state, { arrival, row, voice, young, mass }, ctx, alarms, scores)
  if (group < 0) return
  const copies = groups.numbers[group * numbersEach + copiesAt] as number
  if (copies < 3) return
  const evidence = evidenceOf(groups, group)
  const enough = Math.min(evidence.growth, evidence.voices)
  const fired = groups.numbers[group * numbersEach + firedAt] as number
  scores.push({ index, suspicion: suspicionOfCopy(enough, mass, fired === 1) })
  if (fired === 1) {
    ctx.learner.witness(arrival)
    ctx.learner.withhold()
  }
  if (fired !== 0 || row < firstRows || copies < leastCopies || enough < 1) return
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
  if (found.rows.length < leastCopies || found.origins.length === 0) return 'open'
  // Young voices are no part of what a stream is made of.
  if (evidenceOf(state.groups, group).young < 1) {
    if (found.origins.length > found.rows.length / 2) return 'open'
    if (shareInSuch(state.groups, group, found.rows.length / 2, row) > mostInSuch) return 'open'
    if (saidAgain(state, found) < Math.log(state.massRows / state.mass)) return 'open'
  }
  const stuck = isStuck(state, found)
  return stuck === 'yes' ? 'stuck' : stuck === 'open' ? 'open' : 'flood'
}
