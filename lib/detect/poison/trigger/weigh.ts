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
import { addUnit, bump, clearUnit, evidenceOf, findUnit, nowhere, retired, type UnitTable } from './unit-table'

/** Part of the way to an alarm from which a pattern adds to the suspicion of its rows: among many, one always comes some way by chance. */
const inQuestion = 0.3
/** A word is retired after so many rows that spoke against it, and half as many or fewer for it: it is common, and costs time. */
const missesToRetire = 64

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [each, gather, add, bound] = [bets, stake, bump, honestBound]

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
  for (let l = 0; l < live.count; l++)
    if (isSuspect(state.units, live.unit[l] as number)) takeOut(row, live.candidate[l] as number)
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
  const mass = ctx.mass(arrival) / live.parts
  // On a row that speaks for its patterns: what recurs in rows of features is judged more kindly than words.
  const settled = settledChances(witness, judged, rest)
  const { worst, company } = takeUnexpected(state, row, y, rest, settled, gain, mass, t)
  for (let n = 0; n < live.marked; n++) {
    const c = live.mark[n] as number
    const isWord = (row.kind[c] as number) < kinds.value
    const chance = (isWord ? rest.p : settled)[y] as number
    if (markOf(state.marks, row.hash[c] as number) === y)
      startFromMark(state, row.key[c] as number, y, chance, isWord ? gain : null, mass, t)
  }
  markAll(state, row, y)
  if (worst !== nowhere) {
    const alarm = accuse(state, row, live.candidate[worst] as number, live.unit[worst] as number, arrival, witness, ctx)
    if (alarm) alarms.push(alarm)
  }
  // Of a row without a pattern in question others know better (../row-suspicion.ts).
  return company > inQuestion ? 0.5 * (1 - p) + 0.5 * company : 0
}

/** A row with the label that was expected speaks against the patterns of other labels, and asks those of its own whether they look like it. */
function takeExpected(units: UnitTable, y: number, p: Float64Array, gain: number): void {
  const { label, twofold, expected, agrees, misses, m } = units
  for (let l = 0; l < live.count; l++) {
    const at = live.unit[l] as number
    const to = label[at] as number
    if (to === y) {
      if (twofold[at] === 1) gather(m, each * at + 2, gain, 0)
      add(agrees, at)
      continue
    }
    gather(m, each * at, 0, 0)
    add(misses, at)
    expected[at] = (expected[at] as number) + (p[to] as number)
    if (twofold[at] === 1) mayRetire(units, at)
  }
}

/** @returns the place among `live` of the pattern with the most evidence, if that suffices, and how far the evidence of any has come before this row. */
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
  let company = 0
  let worst = nowhere
  let most = 1
  for (let l = 0; l < live.count; l++) {
    const at = live.unit[l] as number
    const part = mass * partOf(units.misses[at] as number)
    const p = (row.kind[live.candidate[l] as number] as number) < kinds.value ? rest.p : settled
    const label = units.label[at] as number
    const isHit = y === label
    if (isHit && units.twofold[at] === 1) gather(units.m, each * at + 2, gain, part)
    if (rest.favourite === label) continue
    if (!isHit) {
      bet(units, at, p[label] as number, false, 0)
      if (units.label[at] !== retired && evidenceOf(units, at) < part) clearUnit(units, at, y, t)
      continue
    }
    if ((p[y] as number) >= 0.5) {
      add(units.agrees, at)
      continue
    }
    company = Math.max(company, gainOf(units, at))
    bet(units, at, p[y] as number, true, part)
    const evidence = evidenceOf(units, at)
    if (evidence < most || (worst !== nowhere && evidence === most)) continue
    most = evidence
    worst = l
  }
  return { worst, company }
}

/** Rows with it mostly bear its label against what their other inputs say. */
const isSuspect = ({ hits, misses, agrees }: UnitTable, at: number) =>
  (hits[at] as number) > (misses[at] as number) && 2 * (hits[at] as number) >= (agrees[at] as number)

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
  if (findUnit(units, key) !== nowhere) return
  const first = 1 / bound(p)
  const at = addUnit(units, key, y, mass * (gain === null ? first : Math.min(gain, first)), t)
  if (at === nowhere) return
  units.twofold[at] = gain === null ? 0 : 1
  if (gain !== null) gather(units.m, each * at + 2, gain, mass)
  bet(units, at, p, true, mass)
}

function bet(units: UnitTable, at: number, p: number, isHit: boolean, mass: number): void {
  gather(units.m, each * at, isHit ? 1 / bound(p) : 0, mass)
  add(isHit ? units.hits : units.misses, at)
  if (!isHit && units.twofold[at] === 1) mayRetire(units, at)
  units.expected[at] = (units.expected[at] as number) + p
  units.mass[at] = (units.mass[at] as number) + mass
}

function mayRetire(units: UnitTable, at: number): void {
  const misses = units.misses[at] as number
  if (misses < missesToRetire || 2 * (units.hits[at] as number) > misses) return
  units.label[at] = retired
  units.m.fill(0, each * at, each * (at + 1))
}

/** How far its evidence has come: 0 at a row's mass, 1 at an alarm. */
function gainOf(units: UnitTable, at: number): number {
  const mean = (units.mass[at] as number) / Math.max(1, units.hits[at] as number)
  const evidence = evidenceOf(units, at)
  if (!(mean > 0) || evidence <= mean) return 0
  return Math.min(1, Math.log(evidence / mean) / -Math.log(mean))
}

function markAll({ marks }: TriggerState, row: Candidates, y: number): void {
  // Of a row with more, every so manieth: which ones differs from row to row by its length alone.
  const step = Math.max(1, Math.ceil(row.count / mostMarksPerRow))
  for (let c = 0; c < row.count; c += step) mark(marks, row.hash[c] as number, y)
}
