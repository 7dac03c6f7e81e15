import type { UnitStanding } from '@/lib/detect/detector'
import type { Label } from '@/lib/event/types'
import { totalEvidence } from '@/lib/evidence/e-detector'
import { reportEvidence } from '@/lib/evidence/report'
import type { SourceStanding } from '@/lib/monitor/output'
import { pushOf } from './accuse'
import type { FlipState } from './state'
import { strongestBet, suspicionOf, type Unit } from './unit'

export type SourceStandingRow = Omit<SourceStanding, 'type' | 'eventIndex' | 'timeMs'>

/** Evidence that is within these nats of its threshold is watched. */
const watchNats = 4
/** Judged rows before a source is called ok. */
const fewRows = 20

const byEvidence = (a: Unit, b: Unit) =>
  totalEvidence(b.evidence) - totalEvidence(a.evidence) || suspicionOf(b) - suspicionOf(a) || a.number - b.number

const accusedFirst = (a: Unit, b: Unit) => Number(b.accused) - Number(a.accused) || byEvidence(a, b)

/** The units' evidence, worst first. */
export function flipStanding(state: FlipState, limit: number): UnitStanding[] {
  const units = [...state.origins.byId.values(), ...state.labelers.byId.values()].sort(byEvidence).slice(0, limit)
  return units.map((unit) => standingOf(unit, state.names))
}

function standingOf(unit: Unit, names: readonly Label[]): UnitStanding {
  const push = pushOf(unit, strongestBet(unit))
  const label = unit.accused && unit.pushes >= 0 ? names[unit.pushes] : undefined
  return {
    kind: 'poison.label_flip',
    unit: `${unit.kind}=${unit.id}`,
    subject: {
      ...(unit.kind === 'origin' ? { origin: unit.id } : { labeler: unit.id }),
      ...(label === undefined ? {} : { label }),
    },
    ...reportEvidence(unit.evidence),
    effect: unit.rows > 0 ? push.effect : 0,
    n: unit.rows,
  }
}

/** How each source stands, worst first. */
export function flipSources(state: FlipState, limit: number): SourceStandingRow[] {
  const units = [...state.origins.byId.values()].sort(accusedFirst).slice(0, limit)
  return units.map((unit) => {
    const { logE, threshold } = reportEvidence(unit.evidence)
    return {
      origin: unit.id,
      originKind: unit.originKind,
      rows: unit.rows,
      disagreements: unit.disagreements,
      expected: unit.expected,
      logE,
      threshold,
      state: unit.accused
        ? 'poisoning'
        : unit.rows < fewRows
          ? 'learning'
          : unit.held > 0 || logE > threshold - watchNats
            ? 'watch'
            : 'ok',
    }
  })
}
