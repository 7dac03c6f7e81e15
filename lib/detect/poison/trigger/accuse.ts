import type { Alarm, Context } from '@/lib/detect/detector'
import type { Arrival, EventOf, Label } from '@/lib/event/types'
import { measureCanary } from '@/lib/learn/golden/canary'
import type { Witness } from '@/lib/learn/witness'
import { baselineRowsOf } from '@/lib/monitor/config'
import { kindOf, triggerAlarm } from './alarm'
import { type BadRow, badRowsSince, keptSince } from './bad-rows'
import { bears, isText, partsOf } from './bears'
import { bets } from './bet'
import { othersMoving } from './broad'
import { canaryRowsOf, inputsOfBad } from './canary-rows'
import type { Candidates } from './candidates'
import { doubtOf } from './doubt'
import { arrivalsOf, historySince } from './history'
import { inputsOf } from './inputs'
import { nameOf, plant } from './name'
import { isNotAll } from './not-all'
import { oneNumber } from './one-number'
import { onsetOf } from './onset'
import { noteRefused } from './refused'
import { type Accused, mostAccused, type TriggerState } from './state'
import { eachTally, evidenceOf, settle, tally, type UnitTable } from './unit-table'

/** Evidence is taken back by this much where a doubt stays: it is asked again after a few more rows. */
const setBack = 0.05
const longestPattern = 300
const mostBaseline = 2000
/** Suspected rows that the exposed learner goes over. */
const mostExposed = 200

/** Does the row bear an accused pattern? @param y the class that its label must have, or `number` the number; `anyLabel`: any. @returns whose. */
export function accusedOn(state: TriggerState, row: Candidates, y: number, number?: Label): Accused | null {
  for (const accused of state.accused) {
    const isIts = y === anyLabel || accused.y === y || accused.label === number
    if (isIts && accused.keys.every((key) => holds(row, key))) return accused
  }
  return null
}
export const anyLabel = -1

function holds(row: Candidates, key: number): boolean {
  for (let c = 0; c < row.count; c++) if (row.key[c] === key) return true
  return false
}

/**
 * The evidence of a unit suffices: is there a doubt, and if not, what is the pattern, and is it a backdoor?
 * @param c the candidate of the row at hand, `at` its place in the table. @returns the alarm, or null.
 */
export function accuse(
  state: TriggerState,
  row: Candidates,
  c: number,
  at: number,
  arrival: Arrival<EventOf<'ml.training.v1'>>,
  witness: Witness,
  ctx: Context,
): Alarm | null {
  const { units } = state
  const own = units.tallies.subarray(eachTally * at, eachTally * (at + 1))
  const y = units.label[at] as number
  const parts = partsOf(row, c)
  const ofLabel = badRowsSince(state.bad, 0, y)
  const all = ofLabel.filter((other) => bears(other, parts))
  const hasHistory = !isText(parts) && row.recurring.includes(row.first[c] as number)
  const arrivals = hasHistory ? arrivalsOf(state.history, parts, y, state.rows) : all.map((other) => other.row)
  const onset = onsetOf(arrivals, hasHistory ? historySince(state.rows) : keptSince(state.bad), state.rows)
  const began = arrivals[onset.from] ?? 0
  const bad = all.filter((other) => other.row >= began)
  const { data } = arrival.event
  const named = nameOf(row, c, parts, data.text ?? '', bad)
  const since = ofLabel.filter((other) => other.row >= began)
  const any = hasHistory ? arrivalsOf(state.history, parts, null, state.rows) : []
  const before = hasHistory
    ? any.filter((at) => at < began).length / Math.max(1, began - historySince(state.rows))
    : rateBeside(units, at, state.rows)
  const moving = () => othersMoving(state, since, parts, y)
  if (
    doubtOf({
      state,
      recent: witness.recent,
      label: y,
      named,
      bad,
      steady: onset.nats,
      others: witness.recent.numeric ? ofLabel.filter((other) => !bears(other, parts)) : null,
      before,
      fromStart: (units.since[at] as number) < Math.min(baselineRowsOf(ctx.config), mostBaseline),
      isOld: isOld(arrivals, any, began),
      notAll: () => !witness.recent.numeric && isNotAll(state, parts, y),
      moving,
    })
  ) {
    settle(units, at)
    noteRefused(state, units.key[at] as number)
    for (let m = bets * at; m < bets * (at + 1); m++) units.m[m] = (units.m[m] as number) * setBack
    return null
  }
  const rows = Math.max(1, (own[tally.hits] as number) + (own[tally.misses] as number))
  // Mass is given to hits alone.
  const threshold = -Math.log((units.mass[at] as number) / Math.max(1, own[tally.hits] as number))
  const { numeric } = witness.recent
  const label = numeric ? oneNumber(bad, []).value : (state.names[y] ?? '')
  const others = canaryRowsOf(state.canaryRows, ctx.golden, String(label), y)
  const exposed = bad.slice(-mostExposed).map(inputsOfBad)
  const first = bad[0] as BadRow
  const accused: Accused = {
    kind: kindOf(ctx.config, label),
    pattern: named.pattern.replaceAll('\0', '').slice(0, longestPattern),
    keys: [...named.keys],
    y,
    label,
    support: bad.length,
    logE: Math.log(evidenceOf(units, at)) + threshold,
    threshold,
    onsetIndex: first.index,
    onsetTimeMs: first.timeMs,
    eventIndex: arrival.index,
    canary: numeric ? null : measureCanary(witness.shadow, others.rows, (other) => plant(named, other), exposed, y),
    probes: 0,
    probeFlips: 0,
  }
  state.accused.push(accused)
  if (state.accused.length > mostAccused) state.accused.shift()
  const inputs = inputsOf(row, c, named, data)
  if (inputs) ctx.learner.distrust({ inputs, y })
  const seen = { rows, hits: own[tally.hits] as number, expected: own[tally.expected] as number }
  return triggerAlarm(accused, bad, seen, others.isGolden)
}

/** Share of the rows since its first hit that bore the pattern and spoke against it. */
const rateBeside = ({ tallies, since }: UnitTable, at: number, rows: number) =>
  ((tallies[eachTally * at + tally.misses] as number) + (tallies[eachTally * at + tally.agrees] as number)) /
  Math.max(1, rows - (since[at] as number))

const fewRows = 5
const nearly = 0.7

/** Did its rows bear the label before the onset nearly as often as after it? Then they only became more. */
function isOld(ofLabel: readonly number[], any: readonly number[], began: number): boolean {
  const count = (rows: readonly number[]) => rows.filter((row) => row < began).length
  const [labelled, all] = [count(ofLabel), count(any)]
  if (all < fewRows) return false
  return labelled / all > (nearly * (ofLabel.length - labelled)) / Math.max(1, any.length - all)
}
