import type { Alarm, UnitStanding } from '@/lib/detect/detector'
import { worstFirst } from '@/lib/evidence/report'
import { isGone } from './explain'
import { type Shortfall, shortfallOf } from './shortfall'
import type { Stratum } from './strata'
import { at, bets, blocksKept, each } from './stratum-book'
import type { StratumState } from './stratum-state'

/** Writes what is missing. */
export function accuseStratum(state: StratumState, s: number, short: Shortfall, eventIndex: number): Alarm {
  const stratum = state.strata.made[s] as Stratum
  const { logE, threshold } = evidenceOf(state, s)
  const { fromBlock, came, due, fall } = short
  const gone = isGone(state, s, fromBlock)
  const name = stratum.kind === 'label' ? `class ${stratum.value}` : `${stratum.name}=${stratum.value}`
  return {
    kind: 'poison.deletion',
    unit: `${stratum.kind} ${name}`,
    subject:
      stratum.kind === 'label' ? { label: stratum.value as string } : { segment: { [stratum.name]: stratum.value } },
    eventIndex,
    onsetIndex: state.book.index[fromBlock % blocksKept] as number,
    onsetTimeMs: state.book.timeMs[fromBlock % blocksKept] as number,
    logE,
    threshold,
    effect: fall,
    effectUnit: 'share of the rows due that did not come',
    n: Math.round(due),
    severity: 'critical',
    verdict: gone ? 'undetermined' : 'poisoning',
    why: `of ${Math.round(due)} rows due with ${name} ${came} came, from senders whose other rows come as before`,
    test:
      `The other values keep their mix, fewer came by the clock too, and those who send are the same: no surge of another value, no new mix, no source that ` +
      `fell silent. ${gone ? 'A stratum that ended honestly would look the same.' : 'A filter upstream by mistake would look the same.'}`,
  }
}

function evidenceOf({ book }: StratumState, s: number): { logE: number; threshold: number } {
  const o = s * each
  let m = 0
  for (let b = 0; b < bets; b++) m += book.numbers[o + at.m + b] as number
  const updates = book.numbers[o + at.updates] as number
  const threshold = updates > 0 ? -Math.log((book.numbers[o + at.mass] as number) / updates) : 0
  return { logE: m > 0 ? Math.max(-50, Math.log(m) + threshold) : -50, threshold }
}

export function stratumStanding(state: StratumState, limit: number): UnitStanding[] {
  const units: UnitStanding[] = []
  for (let s = 0; s < state.strata.made.length; s++) {
    if (state.book.numbers.length === 0 || state.book.numbers[s * each + at.updates] === 0) continue
    const { kind, name, value } = state.strata.made[s] as Stratum
    units.push({
      kind: 'poison.deletion',
      unit: `${kind} ${kind === 'label' ? `class ${value}` : `${name}=${value}`}`,
      subject: kind === 'label' ? { label: value as string } : { segment: { [name]: value } },
      ...evidenceOf(state, s),
      effect: shortfallOf(state, s).fall,
      n: state.book.numbers[s * each + at.count] as number,
    })
  }
  return worstFirst(units, limit)
}
