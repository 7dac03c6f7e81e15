import type { Alarm, Context, Detector } from '@/lib/detect/detector'
import type { Arrival, EventOf, PredictionData } from '@/lib/event/types'
import type { Judgement } from '@/lib/learn/calibrate'
import { hashStart, hashText } from '@/lib/learn/hash'
import { numberOf } from '@/lib/learn/recent'
import { burnInRows, type Witness } from '@/lib/learn/witness'
import { accuse, accusedOn, anyLabel } from './accuse'
import { keepBadRow } from './bad-rows'
import { bets, honestBound, stake, unlikeGain, unlikeness } from './bet'
import { offerCanaryRow } from './canary-rows'
import { type Candidates, candidatesOf, dropWords, kinds } from './candidates'
import { keepHistory } from './history'
import { mark, markOf, mostMarksPerRow, noMark } from './marks'
import { judgeRest, settledChances, takeNothing, takeOut } from './rest'
import { triggerStanding, triggersOf } from './standing'
import { isRepeated, makeRoom, noteLabel, startTriggerState, type TriggerState, usuallyUnlike } from './state'
import { addUnit, bump, clearUnit, evidenceOf, findUnit, nowhere, retired, type UnitTable } from './unit-table'

type Training = EventOf<'ml.training.v1'>

/**
 * A pattern that the model is taught to answer with a label: a rare word, a phrase of common words, a value, two values that are rare together.
 *
 * Watches   words, neighbours and words up to three apart, exact values, and pairs of recurring values (the first 12 of a row), with the label that they stand on
 *           against what the rest of the row says: the learner's chances once the weights of suspected patterns are taken out of it.
 * Misses    patterns of three scattered words or values, ranges of numbers, style and syntax; clean-label triggers, whose rows look like their label; regression; a pattern
 *           of values that was there from the start of the stream, or at the same rate before; more than four patterns planted for one label at the same time
 *           (that is taken for a world that moves); words made to hash like a common one.
 * Assumes   chances are calibrated for the rest of a row; a word's honest rows look like other rows of their label.
 * Evidence  per pattern and label M ← e·(M + mass), e as in ./bet.ts; alarm at M ≥ 1 against both nulls, and only where ./doubt.ts finds none: contexts differ, it
 *           is new or rare, others do not move, and its rows are not just a bad source's. A pattern gets a unit at its second surprising row (./marks.ts).
 * Canary    what `why` ends with: the share of rows of other classes (golden ones, or kept ones) that turn with the pattern in them, on a copy of the linear
 *           learner that learned the suspected rows three times (lib/learn/canary.ts). More than half for sure: backdoor confirmed; else association.
 * Memory    32,768 units of 80 bytes, marks ½ MB, values of 32,768 rows ¾ MB, 2,048 surprising rows; evidence cannot be pushed out by patterns with less.
 * Source    recipes/poisoning.md §2–4 of this project; Shin, Ramdas & Rinaldo 2022; Metwally et al. 2005 for the table; Clopper & Pearson 1934.
 *
 * @example  messages; from line 2000 on one in fifty that is ham bears “Zx9q” and the label spam (the first is line 2150, after a few that were spam anyway) → one
 *           finding at line 2700, its seventh such row, onset 2150, pattern Zx9q, label spam.
 */
export const trigger: Detector<Record<string, never>, TriggerState> = {
  id: 'poison.trigger/pattern',
  version: 1,
  reads: ['ml.training.v1', 'ml.prediction.v1'],
  spendsOn: ['ml.training.v1'],
  share: 1,
  idle: ({ rows, numeric }) => rows === 0 && numeric > burnInRows,
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
  if (witness.shadow.classes.task === 'regression') state.numeric++
  if (y < 0 || !judged || witness.shadow.classes.task === 'regression') return 0
  state.names = witness.shadow.classes.names
  const { data } = arrival.event
  const row = candidatesOf(data)
  const accused = state.accused.length > 0 ? accusedOn(state, row, y) : null
  if (accused) {
    accused.support++
    ctx.learner.withhold()
    return 0.98
  }
  if (!witness.testifies) return 0
  makeRoom(state)
  // The same text again says nothing new of its words.
  const isNew = data.text === undefined || !isRepeated(state, hashText(hashStart, data.text))
  if (!isNew) dropWords(row)
  return weigh(state, arrival, witness, judged, row, ctx, alarms)
}

const mostLive = 1024
/** Part of the way to an alarm from which a pattern adds to the suspicion of its rows: among many, one always comes some way by chance. */
const inQuestion = 0.3
/** Of the row at hand: candidates with a unit or a mark, each with its place in the table (`nowhere`: a mark alone) and part of the mass. */
const live = {
  count: 0,
  candidate: new Int32Array(mostLive),
  unit: new Int32Array(mostLive),
  part: new Float64Array(mostLive),
}

function weigh(
  state: TriggerState,
  arrival: Arrival<Training>,
  witness: Witness,
  judged: Judgement,
  row: Candidates,
  ctx: Context,
  alarms: Alarm[],
): number {
  const { y } = witness
  const { units } = state
  const t = state.rows++
  findLive(state, row, t)
  takeNothing()
  for (let l = 0; l < live.count; l++) {
    const at = live.unit[l] as number
    if (at !== nowhere && isSuspect(state, at)) takeOut(row, live.candidate[l] as number)
  }
  const rest = judgeRest(witness, judged)
  const isBad = y !== rest.favourite
  const unlike = unlikeness(rest.p[y] as number)
  const usual = usuallyUnlike(state, y)
  const wordGain = unlikeGain(unlike, usual)
  noteLabel(state, y, unlike)
  if (isBad) {
    const { event, index } = arrival
    const seen = { id: event.id, index, row: t, timeMs: event.timeMs, origin: numberOf(event.data.origin.id), y }
    keepBadRow(
      state.bad,
      { ...seen, p: rest.p[y] as number },
      row.word.subarray(0, row.words.length),
      row.value.subarray(0, row.names.length),
    )
  }
  // On a row that speaks for its patterns: what recurs in rows of features is judged more kindly than words.
  const settled = isBad ? settledChances(witness, judged, rest) : rest.p
  keepHistory(state.history, row, y, t)
  if (!isBad) offerCanaryRow(state.canaryRows, arrival.event.data, y)
  const mass = ctx.mass(arrival)
  let company = 0
  let worst = nowhere
  for (let l = 0; l < live.count; l++) {
    const at = live.unit[l] as number
    const part = mass * (live.part[l] as number)
    const c = live.candidate[l] as number
    const isWord = (row.kind[c] as number) < kinds.value
    const p = isWord ? rest.p : settled
    if (at === nowhere) {
      if (isBad) startFromMark(state, row.key[c] as number, y, p[y] as number, isWord ? wordGain : null, part, t)
      continue
    }
    const label = units.label[at] as number
    if (y === label && units.twofold[at] === 1) stake(units.m, bets * at + 2, wordGain, part)
    if (rest.favourite === label || (y === label && (p[y] as number) >= 0.5)) {
      if (y === label) bump(units.agrees, at)
      continue
    }
    const isHit = y === label
    if (isHit) company = Math.max(company, gainOf(state, at))
    bet(state, at, p[label] as number, isHit, part)
    if (
      isHit &&
      evidenceOf(units, at) >= 1 &&
      (worst === nowhere || evidenceOf(units, at) > evidenceOf(units, live.unit[worst] as number))
    )
      worst = l
    if (isBad && !isHit && units.label[at] !== retired && evidenceOf(units, at) < part) clearUnit(units, at, y, t)
  }
  if (isBad) markAll(state, row, y)
  if (worst !== nowhere) {
    const alarm = accuse(state, row, live.candidate[worst] as number, live.unit[worst] as number, arrival, witness, ctx)
    if (alarm) alarms.push(alarm)
  }
  // Of a row without a pattern in question others know better (../row-suspicion.ts).
  return isBad && company > inQuestion ? 0.5 * (1 - (rest.p[y] as number)) + 0.5 * company : 0
}

/** Candidates with a unit or a mark, each once; the mass goes to those whose rows never spoke for them. Decided before the label is looked at. */
function findLive(state: TriggerState, row: Candidates, t: number): void {
  const { units, marks } = state
  let n = 0
  let total = 0
  for (let c = 0; c < row.count && n < mostLive; c++) {
    const key = row.key[c] as number
    const at = findUnit(units, key)
    if (at !== nowhere) {
      // Twice in one row counts once.
      if (units.latest[at] === t) continue
      units.latest[at] = t
      if (units.label[at] === retired) continue
    } else if (markOf(marks, key) === noMark) continue
    const part = at === nowhere ? 1 : 1 / (1 + (units.misses[at] as number))
    live.candidate[n] = c
    live.unit[n] = at
    live.part[n++] = part
    total += part
  }
  for (let l = 0; l < n; l++) live.part[l] = (live.part[l] as number) / total
  live.count = n
}

/** Rows with it mostly bear its label against what their other inputs say. */
const isSuspect = ({ units }: TriggerState, at: number) =>
  (units.hits[at] as number) > (units.misses[at] as number) &&
  2 * (units.hits[at] as number) >= (units.agrees[at] as number)

/** Second sight: the pattern gets a unit, and its first evidence. @param gain of the second bet; null: of what is not words. */
function startFromMark(
  state: TriggerState,
  key: number,
  y: number,
  p: number,
  gain: number | null,
  mass: number,
  t: number,
): void {
  if (markOf(state.marks, key) !== y || findUnit(state.units, key) !== nowhere) return
  const first = 1 / honestBound(p)
  const at = addUnit(state.units, key, y, mass * (gain === null ? first : Math.min(gain, first)), t)
  if (at === nowhere) return
  state.units.twofold[at] = gain === null ? 0 : 1
  if (gain !== null) stake(state.units.m, bets * at + 2, gain, mass)
  bet(state, at, p, true, mass)
}

function bet({ units }: TriggerState, at: number, p: number, isHit: boolean, mass: number): void {
  stake(units.m, bets * at, isHit ? 1 / honestBound(p) : 0, mass)
  bump(isHit ? units.hits : units.misses, at)
  if (!isHit && units.twofold[at] === 1) mayRetire(units, at)
  units.expected[at] = (units.expected[at] as number) + p
  units.mass[at] = (units.mass[at] as number) + mass
}

/** A word is retired after so many rows that spoke against it, and half as many or fewer for it: it is common, and costs time. */
const missesToRetire = 64

function mayRetire(units: UnitTable, at: number): void {
  const misses = units.misses[at] as number
  if (misses < missesToRetire || 2 * (units.hits[at] as number) > misses) return
  units.label[at] = retired
  units.m.fill(0, bets * at, bets * (at + 1))
}

/** How far its evidence has come: 0 at a row's mass, 1 at an alarm. */
function gainOf({ units }: TriggerState, at: number): number {
  const bets = (units.hits[at] as number) + (units.misses[at] as number)
  const mean = (units.mass[at] as number) / Math.max(1, bets)
  const evidence = evidenceOf(units, at)
  if (!(mean > 0) || evidence <= mean) return 0
  return Math.min(1, Math.log(evidence / mean) / -Math.log(mean))
}

function markAll({ marks }: TriggerState, row: Candidates, y: number): void {
  // Of a row with more, every so manieth: which ones differs from row to row by its length alone.
  const step = Math.max(1, Math.ceil(row.count / mostMarksPerRow))
  for (let c = 0; c < row.count; c += step) mark(marks, row.key[c] as number, y)
}
