import type { Alarm, Context } from '@/lib/detect/detector'
import type { Arrival, EventOf } from '@/lib/event/types'
import type { Judgement } from '@/lib/learn/judge/calibrate'
import { numberOf } from '@/lib/learn/place/recent'
import type { Witness } from '@/lib/learn/witness'
import { accuse } from './accuse'
import { keepBadRow } from './bad-rows'
import { unlikeGain, unlikeness } from './bet'
import { offerCanaryRow } from './canary-rows'
import { type Candidates, kinds } from './candidates'
import { keepHistory } from './history'
import { divide, findLive, live } from './live'
import { mark, markOf, mostMarksPerRow } from './marks'
import { isMild, leaveOutMild } from './mild'
import { judgeRest, settledChances, takeNothing, takeOut } from './rest'
import { sameNumberChance } from './same-number'
import { noteLabel, type TriggerState, usuallyUnlike } from './state'
import { startFromMark, takeExpected, takeUnexpected } from './take'
import { nowhere } from './unit-table'
import { countRow, suspicionAt } from './usual-reach'
import { rideWave } from './waves'

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [here, look, note, absent, values] = [live, markOf, mark, nowhere, kinds.value]

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
  const { numeric } = witness.recent
  const t = state.rows++
  countRow(state.usualReach)
  findLive(state, row, t)
  takeNothing()
  // What a number is expected to be is not made of weights that could be taken out.
  if (!numeric) for (let s = 0; s < here.suspects; s++) takeOut(row, here.suspect[s] as number)
  const rest = judgeRest(witness, judged)
  const p = rest.p[y] as number
  const unlike = unlikeness(p)
  const gain = unlikeGain(unlike, usuallyUnlike(state, y))
  noteLabel(state, y, unlike)
  keepHistory(state.history, row, y, t)
  if (numeric && isMild(y)) return 0
  if (y === rest.favourite) {
    if (!numeric) offerCanaryRow(state.canaryRows, arrival.event.data, y)
    takeExpected(state.units, y, rest.p, gain)
    return 0
  }
  const { event, index } = arrival
  keepBadRow(
    state.bad,
    {
      id: event.id,
      index,
      row: t,
      timeMs: event.timeMs,
      origin: numberOf(event.data.origin.id),
      y,
      number: Number(event.data.label),
      p,
    },
    row.word.subarray(0, row.words.length),
    row.value.subarray(0, row.names.length),
  )
  divide(state, row)
  const mass = ctx.mass(arrival) / here.parts
  // On a row that speaks for its patterns: what recurs in rows of features is judged more kindly than words.
  const settled = settledChances(witness, judged, rest)
  if (numeric) leaveOutMild(settled)
  const wave = rideWave(state.waves, y, t)
  const number = numeric ? Math.fround(Number(event.data.label)) : 0
  const same = numeric ? sameNumberChance(state.sameNumber, y, number) : 1
  const { worst, company } = takeUnexpected(state, row, y, rest, settled, gain, wave, number, same, mass, t)
  for (let n = 0; n < here.marked; n++) {
    const c = here.mark[n] as number
    const isWord = (row.kind[c] as number) < values
    const chance = (isWord ? rest.p : settled)[y] as number
    if (look(state.marks, row.hash[c] as number) === y)
      startFromMark(state, row.key[c] as number, y, chance, isWord ? gain : null, wave, number, mass, t)
  }
  markAll(state, row, y)
  if (worst !== absent) {
    const alarm = accuse(state, row, here.candidate[worst] as number, here.unit[worst] as number, arrival, witness, ctx)
    if (alarm) alarms.push(alarm)
  }
  // Of a row without a pattern in question others know better (../row-suspicion.ts).
  return company > 0 && mass > 0 ? suspicionAt(state.usualReach, company * -Math.log(mass)) : 0
}

function markAll({ marks }: TriggerState, row: Candidates, y: number): void {
  // Of a row with more, every so manieth: which ones differs from row to row by its length alone.
  const step = Math.max(1, Math.ceil(row.count / mostMarksPerRow))
  for (let c = 0; c < row.count; c += step) note(marks, row.hash[c] as number, y)
}
