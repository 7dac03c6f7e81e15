import type { FeatureValue } from '@/lib/event/types'
import type { Counterfactual } from '@/lib/learn/influence/counterfactual'

/** Contract 2's alert kinds. Detectors of later kinds join without touching anything that reads them. */
export const alertKinds = [
  'drift.feature',
  'drift.multivariate',
  'drift.prediction',
  'drift.label',
  'drift.concept',
  'drift.performance',
  'drift.segment',
  'quality.schema',
  'quality.missing',
  'quality.range',
  'quality.frozen',
  'quality.swap',
  'quality.volume',
  'quality.labeler',
  'poison.label_flip',
  'poison.trigger',
  'poison.clean_label',
  'poison.availability',
  'poison.targeted',
  'poison.injection',
  'poison.slow',
  'poison.deletion',
  'poison.logic',
  'poison.federated',
  'poison.retrieval',
  'poison.integrity',
  'poison.bypass',
  'poison.privacy',
] as const
export type AlertKind = (typeof alertKinds)[number]

export const verdicts = [
  'benign-shift',
  'concept-change',
  'model-regression',
  'pipeline-bug',
  'poisoning',
  'undetermined',
] as const
export type Verdict = (typeof verdicts)[number]

export const severities = ['info', 'warning', 'critical'] as const
export type Severity = (typeof severities)[number]

/** What moved, and nothing else. Lists are ordered, worst first; eventIds holds at most 1,000. */
export interface Subject {
  readonly feature?: string
  readonly features?: readonly string[]
  readonly segment?: Readonly<Record<string, FeatureValue>>
  readonly origin?: string
  readonly origins?: readonly string[]
  readonly labeler?: string
  readonly client?: string
  readonly clients?: readonly string[]
  readonly feed?: string
  readonly item?: string
  readonly entity?: string
  readonly label?: string | number
  readonly pattern?: string
  readonly documentIds?: readonly string[]
  readonly fact?: { readonly subject: string; readonly predicate: string; readonly object: string }
  readonly version?: string
  readonly batch?: string
  readonly eventIds?: readonly string[]
}

export interface Evidence {
  /** Natural logarithm of the unit's e-detector over one line's restart mass. It alarms when this reaches `threshold`. */
  readonly logE: number
  readonly threshold: number
  /** In the detector's own natural unit; `effectUnit` of the finding says which. */
  readonly effect: number
  /** Observations since the onset. */
  readonly n: number
}

/** Reference and current counts over the same bins, in the shares a person can compare. */
export interface Comparison {
  /** Numeric: the lower edge of each bin, ascending; categorical: the category names. */
  readonly bins: readonly (number | string)[]
  readonly reference: readonly number[]
  readonly current: readonly number[]
  readonly unit: 'numeric' | 'categorical'
}

/** Contract 3: a line of a replay; live, a row of `finding`. The same events give the same findings, byte for byte. */
export interface Finding {
  readonly type: 'finding'
  readonly id: string
  readonly eventIndex: number
  readonly model: string
  readonly kind: AlertKind
  readonly severity: Severity
  readonly incident: string
  readonly subject: Subject
  readonly onsetIndex: number
  /** RFC 3339: event time of the onset line. */
  readonly onsetAt: string
  /** RFC 3339: event time of the line at which it fired. */
  readonly firedAt: string
  readonly evidence: Evidence
  readonly effectUnit: string
  readonly verdict: Verdict
  /** One sentence, with the numbers that convinced us. */
  readonly why: string
  /** The test that decided the verdict, in words; what would have looked the same. */
  readonly test: string
  readonly comparison?: Comparison
  /** Of a poisoning: what the model would be without the rows that it names. */
  readonly counterfactual?: Counterfactual
}

/** What comes later may change a verdict. */
export interface VerdictChange {
  readonly type: 'verdict'
  readonly finding: string
  readonly eventIndex: number
  readonly verdict: Verdict
  readonly why: string
}
