import type { Alarm, Context } from '@/lib/detect/detector'
import type { Arrival, EventOf } from '@/lib/event/types'
import type { Witness } from '@/lib/learn/witness'
import { type BadRow, badRowsSince, keptSince } from './bad-rows'
import { bets } from './bet'
import { bears, isText, partsOf } from './bears'
import { othersMoving } from './broad'
import type { Candidates } from './candidates'
import { doubtOf } from './doubt'
import { arrivalsOf, historySince } from './history'
import { inputsOf } from './inputs'
import { nameOf } from './name'
import { onsetOf } from './onset'
import { mostAccused, type TriggerState } from './state'
import { clearUnit, evidenceOf } from './unit-table'

const mostIds = 1000
/** Evidence is taken back by this much when a doubt stays: it is asked again after a few more rows. */
const setBack = 0.05

/** Does the row bear an accused pattern, with its label? */
export function bearsAccused(state: TriggerState, row: Candidates, y: number): boolean {
  for (const accused of state.accused) {
    if (accused.y !== y || !accused.keys.every((key) => holds(row, key))) continue
    accused.support++
    return true
  }
  return false
}

function holds(row: Candidates, key: number): boolean {
  for (let c = 0; c < row.count; c++) if (row.key[c] === key) return true
  return false
}

/** The evidence of a unit suffices: is there a doubt, and if not, what is the pattern? @returns the alarm, or null. */
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
  const label = units.label[at] as number
  const parts = partsOf(row, c)
  const arrivals = isText(parts) ? [] : arrivalsOf(state.history, parts, label, state.rows)
  const ofLabel = badRowsSince(state.bad, 0, label)
  const all = ofLabel.filter((other) => bears(other, parts))
  const onset = isText(parts)
    ? onsetOf(all.map((other) => other.row), keptSince(state.bad), state.rows)
    : onsetOf(arrivals, historySince(state.rows), state.rows)
  const began = (isText(parts) ? all[onset.from]?.row : arrivals[onset.from]) ?? 0
  const bad = all.filter((other) => other.row >= began)
  const moving = () => othersMoving(state, ofLabel.filter((other) => other.row >= began), parts, label)
  const named = nameOf(row, c, parts, arrival.event.data.text ?? '', bad)
  const doubt = doubtOf({ state, recent: witness.recent, at, label, named, bad, steady: onset.nats, moving })
  if (process.env.TRIGGER_DEBUG)
    console.error(
      arrival.index,
      named.pattern,
      state.names[label],
      bad.length,
      doubt,
      [units.hits[at], units.misses[at], units.agrees[at]],
      Math.log(evidenceOf(units, at)), units.m.slice(4*at,4*at+4), units.mass[at],
    )
  if (doubt) {
    if (doubt.says === 'honest') clearUnit(units, at, label, state.rows)
    else for (let m = bets * at; m < bets * (at + 1); m++) units.m[m] = (units.m[m] as number) * setBack
    return null
  }
  const rows = (units.hits[at] as number) + (units.misses[at] as number)
  const threshold = -Math.log((units.mass[at] as number) / Math.max(1, rows))
  const logE = Math.log(evidenceOf(units, at)) + threshold
  const first = bad[0] as BadRow
  const name = state.names[label] as string | number
  state.accused.push({
    pattern: named.pattern,
    keys: [...named.keys],
    y: label,
    label: name,
    support: bad.length,
    logE,
    threshold,
    onsetIndex: first.index,
    eventIndex: arrival.index,
  })
  if (state.accused.length > mostAccused) state.accused.shift()
  const inputs = inputsOf(row, c, named, arrival.event.data)
  if (inputs) ctx.learner.distrust({ inputs, y: label })
  const effect = (units.hits[at] as number) / Math.max(1, rows) - (units.expected[at] as number) / Math.max(1, rows)
  const isBypass =
    ctx.config.task === 'authorization' && (ctx.config.harmful ?? []).some(({ to }) => String(to) === String(name))
  const ids = [...bad].sort((a, b) => a.p - b.p || a.index - b.index).slice(0, mostIds)
  return {
    kind: isBypass ? 'poison.bypass' : 'poison.trigger',
    unit: `pattern=${named.pattern} & label=${name}`,
    subject: { pattern: named.pattern, label: name, eventIds: ids.map((other) => other.id) },
    eventIndex: arrival.index,
    onsetIndex: first.index,
    onsetTimeMs: first.timeMs,
    logE,
    threshold,
    effect,
    effectUnit: 'share of its rows labelled so, beyond what the rest of each row expects',
    n: rows,
    severity: 'critical',
    verdict: 'poisoning',
    why: `${bad.length} rows with “${named.pattern}” are labelled ${name}, where the rest of each says otherwise`,
    test: `…`,
  }
}
