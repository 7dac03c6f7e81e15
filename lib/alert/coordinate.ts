import type { Alarm, Return } from '@/lib/detect/detector'
import { formatTime } from '@/lib/event/time'
import type { AlertKind, Finding, VerdictChange } from './finding'
import { stableId } from './fingerprint'

/**
 * Judges the alarms of one model together: which is a finding, to which incident it belongs, and whether it changes what was said before.
 *
 * One cause is one incident: alarms whose onsets lie near one another share it. Errors that rise where an input moved are that move's doing and
 * stay silent; errors that rise while an accused source teaches are that source's doing and say so. Drift never silences poisoning.
 */
export interface CoordinatorState {
  version: 1
  causes: Cause[]
  /** Origins accused by a finding: their rows neither teach nor testify. */
  accused: string[]
}

interface Cause {
  finding: string
  incident: string
  kind: AlertKind
  unit: string
  onsetIndex: number
  eventIndex: number
  verdict: Finding['verdict']
  origin: string | null
}

/** The line at which alarms are judged, in its model. */
export interface Place {
  readonly model: string
  /** How many events of this model came before. */
  readonly seq: number
  readonly index: number
  readonly timeMs: number
  /** Lines of the stream to one event of this model: 1 where it is alone. */
  readonly linesPerEvent: number
}

/** Onsets within this many events of the model are near. An estimated onset is this far off at its worst (drift recipe, §5). */
const nearEvents = 1500
/** A source that was accused goes on to hurt for this many events: nobody may have held it back yet. */
const harmEvents = 10_000
/** Causes kept in mind; older ones no longer explain anything. */
const maxCauses = 256

type Family = 'poison' | 'input' | 'output'
const family = (kind: AlertKind): Family =>
  kind.startsWith('poison.')
    ? 'poison'
    : kind.startsWith('quality.') ||
        kind === 'drift.feature' ||
        kind === 'drift.segment' ||
        kind === 'drift.multivariate'
      ? 'input'
      : 'output'

export const startCoordinator = (): CoordinatorState => ({ version: 1, causes: [], accused: [] })

/** @returns what is said at this line: nothing, a finding, or a finding and the verdicts that it changes. State is changed in place. */
export function judge(state: CoordinatorState, alarm: Alarm, place: Place): (Finding | VerdictChange)[] {
  const slack = nearEvents * place.linesPerEvent
  const near = state.causes.filter(
    (cause) => cause.onsetIndex - slack <= alarm.onsetIndex && alarm.onsetIndex <= cause.eventIndex + slack,
  )
  const own = family(alarm.kind)
  const origin = alarm.subject.origin ?? null
  const poison = state.causes.findLast(
    (cause) => family(cause.kind) === 'poison' && explains(cause, alarm, slack, harmEvents * place.linesPerEvent),
  )

  if (own === 'poison' && origin !== null && state.accused.includes(origin)) return []
  if (alarm.kind === 'drift.concept' && !poison && near.some((cause) => family(cause.kind) === 'input')) return []

  const id = stableId('f', [place.model, alarm.kind, alarm.unit, place.seq])
  const kin =
    own === 'poison'
      ? near.findLast((c) => sharesCause(c, alarm))
      : own === 'output'
        ? (poison ?? near.at(-1))
        : near.findLast((c) => family(c.kind) !== 'poison')
  const incident = kin?.incident ?? stableId('i', [place.model, alarm.kind, alarm.unit, place.seq])
  const blamed = own === 'output' && poison
  const finding: Finding = {
    type: 'finding',
    id,
    eventIndex: place.index,
    model: place.model,
    kind: alarm.kind,
    severity: alarm.severity,
    incident,
    subject: alarm.subject,
    onsetIndex: alarm.onsetIndex,
    onsetAt: formatTime(alarm.onsetTimeMs),
    firedAt: formatTime(place.timeMs),
    evidence: {
      logE: round(alarm.logE, 3),
      threshold: round(alarm.threshold, 3),
      effect: round(alarm.effect, 4),
      n: alarm.n,
    },
    effectUnit: alarm.effectUnit,
    verdict: blamed ? 'poisoning' : alarm.verdict,
    why: blamed ? `${alarm.why}; it rises while ${blamed.origin ?? 'an accused source'} teaches` : alarm.why,
    test: alarm.test,
    ...(alarm.comparison ? { comparison: alarm.comparison } : {}),
  }
  const said: (Finding | VerdictChange)[] = [finding]
  if (own === 'poison') {
    if (origin !== null) state.accused.push(origin)
    for (const cause of near) {
      if (family(cause.kind) !== 'output' || cause.verdict === 'poisoning') continue
      cause.verdict = 'poisoning'
      const why = `the same onset as ${id}: ${alarm.why}`
      said.push({ type: 'verdict', finding: cause.finding, eventIndex: place.index, verdict: 'poisoning', why })
    }
  }
  state.causes.push({
    finding: id,
    incident,
    kind: alarm.kind,
    unit: alarm.unit,
    onsetIndex: alarm.onsetIndex,
    eventIndex: place.index,
    verdict: finding.verdict,
    origin,
  })
  if (state.causes.length > maxCauses) state.causes.shift()
  return said
}

/** Errors that rise from the onset of a poisoning on, and for as long as it may hurt, are its doing. */
function explains(poison: Cause, alarm: Alarm, slack: number, harm: number): boolean {
  return poison.onsetIndex - slack <= alarm.onsetIndex && alarm.onsetIndex <= poison.eventIndex + harm
}

/** A poisoning joins the errors that it explains, and what the same origin did elsewhere; never an honest shift of the inputs. */
function sharesCause(cause: Cause, alarm: Alarm): boolean {
  if (family(cause.kind) === 'output') return true
  return family(cause.kind) === 'poison' && cause.origin !== null && cause.origin === (alarm.subject.origin ?? null)
}

function round(value: number, digits: number): number {
  if (!Number.isFinite(value)) return value > 0 ? 1e9 : value < 0 ? -1e9 : 0
  const rounded = Number(value.toFixed(digits))
  return Object.is(rounded, -0) ? 0 : rounded
}

/** A unit went back to its approved baseline. */
export function noteReturn(_state: CoordinatorState, _back: Return): void {}
