import type { Alarm, Context } from '@/lib/detect/detector'
import type { Arrival, EventOf } from '@/lib/event/types'
import type { Judgement } from '@/lib/learn/calibrate'
import { numberOf } from '@/lib/learn/recent'
import type { Witness } from '@/lib/learn/witness'
import { accuse } from './accuse'
import { keepBadRow } from './bad-rows'
import { bets, honestBound, stake, unlikeGain, unlikeness } from './bet'
import { offerCanaryRow } from './canary-rows'
import { type Candidates, kinds } from './candidates'
import { keepHistory } from './history'
import { divide, findLive, live, partOf } from './live'
import { mark, markOf, mostMarksPerRow } from './marks'
import { judgeRest, settledChances, takeNothing, takeOut } from './rest'
import { noteLabel, type TriggerState, usuallyUnlike } from './state'
import {
  addUnit,
  clearUnit,
  eachTally,
  evidenceOf,
  findUnit,
  nowhere,
  retired,
  settle,
  tally,
  type UnitTable,
} from './unit-table'

/** Part of the way to an alarm from which a pattern adds to the suspicion of its rows: among many, one always comes some way by chance. */
const inQuestion = 0.3
/** A word is retired after so many rows that spoke against it, and half as many or fewer for it: it is common, and costs time. */
const mostMisses = 64
/** A row with less gain of the second bet looks like its label. */
const likeLabel = 0.2

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [here, each, perUnit, gather, bound, look, note] = [live, bets, eachTally, stake, honestBound, markOf, mark]
const [weight, share, absent, over, values] = [evidenceOf, partOf, nowhere, retired, kinds.value]
const { hits, misses, agrees, owedMisses, owedAgrees, expected, twofold } = tally

/**
 * Holds a row for or against the patterns that it bears. Mass is given where a label speaks for a pattern, and else left unspent: then every factor is
 * taken, also those below 1 of the many rows that are as expected, and evidence is at most what it would be with mass on each row.
 * @returns the row's suspicion.
 */
export function weigh(
  state: TriggerState,
  arrival: Arrival<EventOf<'ml.training.v1'>>,
  witness: Witness,
  judged: Judgement,
  row: Candidates,
  ctx: Context,
  alarms: Alarm[],
): number {
  const { y } = witness
  const t = state.rows++
  findLive(state, row, t)
  takeNothing()
  for (let s = 0; s < here.suspects; s++) takeOut(row, here.suspect[s] as number)
  const rest = judgeRest(witness, judged)
  const p = rest.p[y] as number
  const unlike = unlikeness(p)
  const gain = unlikeGain(unlike, usuallyUnlike(state, y))
  noteLabel(state, y, unlike)
  keepHistory(state.history, row, y, t)
  if (y === rest.favourite) {
    offerCanaryRow(state.canaryRows, arrival.event.data, y)
    takeExpected(state.units, y, rest.p, gain)
    return 0
  }
  const { event, index } = arrival
  keepBadRow(
    state.bad,
    { id: event.id, index, row: t, timeMs: event.timeMs, origin: numberOf(event.data.origin.id), y, p },
    row.word.subarray(0, row.words.length),
    row.value.subarray(0, row.names.length),
  )
  divide(state, row)
  const mass = ctx.mass(arrival) / here.parts
  // On a row that speaks for its patterns: what recurs in rows of features is judged more kindly than words.
  const settled = settledChances(witness, judged, rest)
  const { worst, company } = takeUnexpected(state, row, y, rest, settled, gain, mass, t)
  for (let n = 0; n < here.marked; n++) {
    const c = here.mark[n] as number
    const isWord = (row.kind[c] as number) < values
    const chance = (isWord ? rest.p : settled)[y] as number
    if (look(state.marks, row.hash[c] as number) === y)
      startFromMark(state, row.key[c] as number, y, chance, isWord ? gain : null, mass, t)
  }
  markAll(state, row, y)
  if (worst !== absent) {
    const alarm = accuse(state, row, here.candidate[worst] as number, here.unit[worst] as number, arrival, witness, ctx)
    if (alarm) alarms.push(alarm)
  }
  // Of a row without a pattern in question others know better (../row-suspicion.ts).
  return company > inQuestion ? 0.5 * (1 - p) + 0.5 * company : 0
}

/**
 * A row with the label that was expected speaks against the patterns of other labels, and asks those of its own whether they look like it. Where they do, as
 * nearly all, that counts as if they looked quite like it: less evidence than there is, and a number that is taken in later.
 */
function takeExpected(units: UnitTable, y: number, p: Float64Array, gain: number): void {
  const { label, tallies } = units
  for (let l = 0; l < here.count; l++) {
    const at = here.unit[l] as number
    const own = perUnit * at
    const to = label[at] as number
    if (to === y) {
      tallies[own + agrees] = (tallies[own + agrees] as number) + 1
      if (gain < likeLabel) tallies[own + owedAgrees] = (tallies[own + owedAgrees] as number) + 1
      else if (tallies[own + twofold] === 1) gather(units.m, each * at + 2, gain, 0)
    } else miss(units, at, p[to] as number)
  }
}

/** @returns the place among `live` of the pattern with the most evidence, if that suffices, and how far the evidence of any had come before. */
function takeUnexpected(
  { units }: TriggerState,
  row: Candidates,
  y: number,
  rest: Judgement,
  settled: Float64Array,
  gain: number,
  mass: number,
  t: number,
): { worst: number; company: number } {
  const { label, tallies } = units
  let company = 0
  let worst = absent
  let most = 1
  for (let l = 0; l < here.count; l++) {
    const at = here.unit[l] as number
    const own = perUnit * at
    const to = label[at] as number
    if (rest.favourite === to) continue
    const part = mass * share(tallies[own + misses] as number)
    const p = (row.kind[here.candidate[l] as number] as number) < values ? rest.p : settled
    if (y !== to) {
      miss(units, at, p[to] as number)
      if (label[at] !== over && weight(units, at) < part) clearUnit(units, at, y, t)
      continue
    }
    settle(units, at)
    if (tallies[own + twofold] === 1) gather(units.m, each * at + 2, gain, part)
    if ((p[y] as number) >= 0.5) {
      tallies[own + agrees] = (tallies[own + agrees] as number) + 1
      continue
    }
    company = Math.max(company, gainOf(units, at, weight(units, at)))
    hit(units, at, p[y] as number, part)
    const evidence = weight(units, at)
    if (evidence < most || (worst !== absent && evidence === most)) continue
    most = evidence
    worst = l
  }
  return { worst, company }
}

/** Second sight: the pattern gets a unit, and its first evidence. @param gain of the second bet; null: of what is not words. */
function startFromMark(
  { units }: TriggerState,
  key: number,
  y: number,
  p: number,
  gain: number | null,
  mass: number,
  t: number,
): void {
  if (findUnit(units, key) !== absent) return
  const first = 1 / bound(p)
  const at = addUnit(units, key, y, mass * (gain === null ? first : Math.min(gain, first)), t)
  if (at === absent) return
  units.tallies[perUnit * at + twofold] = gain === null ? 0 : 1
  if (gain !== null) gather(units.m, each * at + 2, gain, mass)
  hit(units, at, p, mass)
}

/** The factors that are owed were taken before. */
function hit({ m, mass, tallies }: UnitTable, at: number, p: number, part: number): void {
  gather(m, each * at, 1 / bound(p), part)
  mass[at] = (mass[at] as number) + part
  const own = perUnit * at
  tallies[own + hits] = (tallies[own + hits] as number) + 1
  tallies[own + expected] = (tallies[own + expected] as number) + p
}

function miss({ label, m, tallies }: UnitTable, at: number, p: number): void {
  const own = perUnit * at
  const count = (tallies[own + misses] as number) + 1
  tallies[own + misses] = count
  tallies[own + owedMisses] = (tallies[own + owedMisses] as number) + 1
  tallies[own + expected] = (tallies[own + expected] as number) + p
  if (count < mostMisses || 2 * (tallies[own + hits] as number) > count || tallies[own + twofold] !== 1) return
  label[at] = over
  m.fill(0, each * at, each * (at + 1))
}

/** How far its evidence has come: 0 at a row's mass, 1 at an alarm. */
function gainOf({ mass, tallies }: UnitTable, at: number, evidence: number): number {
  const mean = (mass[at] as number) / Math.max(1, tallies[perUnit * at + hits] as number)
  if (!(mean > 0) || evidence <= mean) return 0
  return Math.min(1, Math.log(evidence / mean) / -Math.log(mean))
}

function markAll({ marks }: TriggerState, row: Candidates, y: number): void {
  // Of a row with more, every so manieth: which ones differs from row to row by its length alone.
  const step = Math.max(1, Math.ceil(row.count / mostMarksPerRow))
  for (let c = 0; c < row.count; c += step) note(marks, row.hash[c] as number, y)
}
