import type { Alarm, Return } from '@/lib/detect/detector'
import type { AlertKind, Finding, Subject } from './finding'

/** What an alarm is about: the coordinator's rules speak of these, not of single kinds. */
export type Family =
  | 'poison'
  | 'quality'
  | 'person'
  | 'feature'
  | 'segment-feature'
  | 'segment'
  | 'pair'
  | 'prediction'
  | 'concept'
  | 'label'

export function familyOf(kind: AlertKind, subject: Subject): Family {
  if (kind.startsWith('poison.')) return 'poison'
  // Who labels badly explains no move of the inputs.
  if (kind === 'quality.labeler') return 'person'
  if (kind.startsWith('quality.')) return 'quality'
  switch (kind) {
    case 'drift.feature':
      return subject.segment ? 'segment-feature' : 'feature'
    case 'drift.segment':
      return 'segment'
    case 'drift.multivariate':
      return 'pair'
    case 'drift.prediction':
    case 'drift.performance':
      return 'prediction'
    case 'drift.label':
      return 'label'
    default:
      return 'concept'
  }
}

/** Inputs move by themselves; outputs move because inputs, the rule or the model did. */
export const isInput = (family: Family): boolean =>
  family === 'quality' ||
  family === 'feature' ||
  family === 'segment-feature' ||
  family === 'segment' ||
  family === 'pair'
export const isOutput = (family: Family): boolean =>
  family === 'prediction' || family === 'concept' || family === 'label'

/** Something that was said, or a unit that went back to its baseline (no finding): either explains what moves near it. */
export interface Cause {
  /** Id of the finding; null for a return. */
  finding: string | null
  incident: string | null
  kind: AlertKind
  family: Family
  unit: string
  /** Features it names. */
  features: readonly string[]
  /** `key=value` of its segment, or empty. */
  segment: string
  onsetIndex: number
  eventIndex: number
  verdict: Finding['verdict']
  origin: string | null
  /** Of a poisoning that was said: ids of rows that it implicates, worst first. */
  rows: readonly string[]
}

export function featuresOf(subject: Subject): readonly string[] {
  return subject.features ?? (subject.feature === undefined ? [] : [subject.feature])
}

export function segmentOf(subject: Subject): string {
  return Object.entries(subject.segment ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(' & ')
}

/**
 * Does an onset fall on this cause, give or take `slack` lines? An estimated onset is off, and a cause lasts from its onset to its alarm at least.
 * @param reach lines after its alarm for which it lasts, where that is longer.
 */
export const isNear = (cause: Cause, onsetIndex: number, slack: number, reach = slack): boolean =>
  cause.onsetIndex - slack <= onsetIndex && onsetIndex <= cause.eventIndex + reach

/** Whom a subject accuses. */
export const peopleOf = ({ origin, origins = [], labeler }: Subject): string[] => [
  ...new Set([...(origin === undefined ? [] : [origin]), ...origins].map((id) => `origin=${id}`)),
  ...(labeler === undefined ? [] : [`labeler=${labeler}`]),
]

/** Does a poisoning that was said implicate half of these rows, or these half of its own? Then it is the same one, seen from another side. */
export function sameRows(cause: Cause, { eventIds = [] }: Subject): boolean {
  if (cause.rows.length === 0 || eventIds.length === 0) return false
  const rows = new Set(cause.rows)
  const both = eventIds.filter((id) => rows.has(id)).length
  return 2 * both >= Math.min(eventIds.length, rows.size)
}

/** Implicated rows kept of a poisoning. */
const keptRows = 300

/** What moved is a cause of what moves with it, whether it was said (a finding in an incident) or not: a return, a usual change. */
export function causeOf(
  moved: Omit<Return, 'kind'> & Pick<Alarm, 'kind' | 'verdict'>,
  finding: string | null,
  incident: string | null,
): Cause {
  const { kind, unit, subject, onsetIndex, eventIndex, verdict } = moved
  return {
    finding,
    incident,
    kind,
    family: familyOf(kind, subject),
    unit,
    features: featuresOf(subject),
    segment: segmentOf(subject),
    onsetIndex,
    eventIndex,
    verdict,
    origin: subject.origin ?? null,
    rows: familyOf(kind, subject) === 'poison' && finding !== null ? (subject.eventIds ?? []).slice(0, keptRows) : [],
  }
}
