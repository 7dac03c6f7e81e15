import type { AlertKind, Finding, Subject, Verdict } from '@/lib/alert/finding'

/** One thing that happened in a made stream, written down when it was made. */
export interface Truth {
  /** Any of these kinds names it. */
  readonly kinds: readonly AlertKind[]
  /** What a finding must name: the same `feature`, `features` (in any order) and `segment`, and none where there is none here. */
  readonly subject: Subject
  /** Other subjects that say the same. */
  readonly orSubjects?: readonly Subject[]
  /** Of a file with several models: the one it happened to. */
  readonly model?: string
  /** Line of the first affected event, and the last line at which a finding still counts (default: the stream's last). */
  readonly from: number
  readonly to?: number
  /** Line at which a change that takes its time is complete: until then a further finding on it is no repeat. */
  readonly completeAt?: number
  /** Verdicts that are right; absent: any. */
  readonly verdicts?: readonly Verdict[]
  /** Kinds that are true consequences of it: neither found nor false. */
  readonly follows?: readonly Follow[]
}

/** A kind that may follow, of any subject; or of one feature alone. */
export type Follow = AlertKind | { readonly kind: AlertKind; readonly feature: string }

export interface MadeStream {
  readonly name: string
  readonly seed: string
  readonly lines: readonly object[]
  readonly truths: readonly Truth[]
  /** Recorded, not made: what else happened in it is not known, so that no finding is wrong; they are counted by year of event time. */
  readonly recorded?: boolean
}

export interface Scenario {
  readonly name: string
  /** `core`: the kinds of drift of the usual tables; `unseen`: those no table has; `null`: nothing to find; `real`: recorded data. */
  readonly group: 'core' | 'unseen' | 'null' | 'real'
  make(seed: string): MadeStream
}

/** What scoring needs of a finding, whoever raised it. */
export type Raised = Pick<
  Finding,
  'eventIndex' | 'onsetIndex' | 'kind' | 'subject' | 'verdict' | 'model' | 'incident'
> & {
  readonly why?: string
}
