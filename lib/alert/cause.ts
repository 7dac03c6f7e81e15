import type { AlertKind, Finding, Subject } from './finding'

/** What an alarm is about: the coordinator's rules speak of these, not of single kinds. */
export type Family =
  | 'poison'
  | 'quality'
  | 'feature'
  | 'segment-feature'
  | 'segment'
  | 'pair'
  | 'prediction'
  | 'concept'
  | 'label'

export function familyOf(kind: AlertKind, subject: Subject): Family {
  if (kind.startsWith('poison.')) return 'poison'
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
