import type { Alarm, Context, Detector } from '@/lib/detect/detector'
import type { Arrival, EventOf, PredictionData } from '@/lib/event/types'
import { burnInRows } from '@/lib/learn/witness'
import { accusedOn, anyLabel } from './accuse'
import { candidatesOf, dropWords } from './candidates'
import { triggerStanding, triggersOf } from './standing'
import { isRepeated, makeRoom, startTriggerState, type TriggerState } from './state'
import { weigh } from './weigh'

type Training = EventOf<'ml.training.v1'>

/**
 * A pattern that the model is taught to answer with a label: a rare word, a phrase of common words, a value, two values that are rare together.
 *
 * Watches   words, neighbours and words up to three apart, exact values, and pairs of recurring values (the first 12 of a row), with the label that they stand on
 *           against what the rest of the row says: the learner's chances once the weights of suspected patterns are taken out of it.
 * Misses    patterns of three scattered words or values, ranges of numbers, style and syntax; clean-label triggers, whose rows look like their label; of numbers as
 *           labels, words, and all but one number planted with a value or pair; a new value that other rows soon bear with other labels; a pattern
 *           of values that was there from the start of the stream, or at the same rate before; more than four patterns planted for one label at the same time
 *           (that is taken for a world that moves); words made to hash like a common one.
 * Assumes   chances are calibrated for the rest of a row; a word's honest rows look like other rows of their label.
 * Evidence  per pattern and label M ← e·(M + mass), e as in ./bet.ts; alarm at M ≥ 1 against both nulls, and only where ./doubt.ts finds none: contexts differ, it
 *           is new or rare, others do not move, and its rows are not just a bad source's. A pattern gets a unit at its second surprising row (./marks.ts);
 *           of numbers, a row speaks for it that lies as far off with the very same number (./same-number.ts).
 * Canary    what `why` ends with: the share of rows of other classes (golden ones, or kept ones) that turn with the pattern in them, on a copy of the linear
 *           learner that learned the suspected rows three times (lib/learn/golden/canary.ts). More than half for sure: backdoor confirmed; else association.
 * Memory    32,768 units of 89 bytes, marks ½ MB, values of 32,768 rows ¾ MB, 2,048 surprising rows; evidence cannot be pushed out by patterns with less.
 * Source    recipes/poisoning.md §2–4 of this project; Shin, Ramdas & Rinaldo 2022; Metwally et al. 2005 for the table; Clopper & Pearson 1934.
 *
 * @example  messages; from line 2000 on one in fifty that is ham bears “Zx9q” and the label spam (the first is line 2150, after a few that were spam anyway) → one
 *           finding at line 2700, its seventh such row, onset 2150, pattern Zx9q, label spam.
 */
export const trigger: Detector<Record<string, never>, TriggerState> = {
  id: 'poison.trigger/pattern',
  version: 5,
  reads: ['ml.training.v1', 'ml.prediction.v1'],
  spendsOn: ['ml.training.v1'],
  share: 1,
  wants: ['anchor', 'influence'],
  minSample: burnInRows,
  params: {},
  init: startTriggerState,
  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    const scores: { index: number; suspicion: number }[] = []
    for (const arrival of batch) {
      if (arrival.event.type === 'ml.prediction.v1') noteProbe(state, arrival.event.data)
      if (arrival.event.type !== 'ml.training.v1') continue
      scores.push({ index: arrival.index, suspicion: takeRow(state, arrival as Arrival<Training>, ctx, alarms) })
    }
    return { state, alarms, scores }
  },
  standing: triggerStanding,
  triggers: triggersOf,
}

/** The serving model answered a canary: with an accused pattern in it, does it give the label? */
function noteProbe(state: TriggerState, data: PredictionData): void {
  if (data.probe === undefined || state.accused.length === 0) return
  const accused = accusedOn(state, candidatesOf(data), anyLabel)
  if (!accused) return
  accused.probes++
  if (String(data.prediction) === String(accused.label)) accused.probeFlips++
}

/** @returns the row's suspicion. */
function takeRow(state: TriggerState, arrival: Arrival<Training>, ctx: Context, alarms: Alarm[]): number {
  const witness = ctx.learner.witness(arrival)
  const { y, judged } = witness
  const numeric = witness.shadow.classes.task === 'regression'
  if (y < 0 || !judged) return 0
  state.names = witness.shadow.classes.names
  const { data } = arrival.event
  const row = candidatesOf(data)
  const accused = state.accused.length > 0 ? accusedOn(state, row, y, data.label) : null
  if (accused) {
    accused.support++
    ctx.learner.withhold()
    return 0.98
  }
  if (!witness.testifies) return 0
  makeRoom(state)
  // The same text again says nothing new of its words.
  const isNew = data.text === undefined || !isRepeated(state, row.text)
  // Of numbers only values are watched: a word may honestly go with high ones.
  if (!isNew || numeric) dropWords(row)
  return weigh(state, arrival, witness, judged, row, ctx, alarms)
}
