import type { AlertKind, Finding, Subject, VerdictChange } from '@/lib/alert/finding'
import type { UsualChange } from '@/lib/detect/drift/usual/standing'
import type { Estimate } from '@/lib/detect/prediction/estimate'
import type { Canary } from '@/lib/learn/golden/canary'
import type { Counterfactual } from '@/lib/learn/influence/counterfactual'
import type { SketchSet } from '@/lib/stats/sketch'

/** Suspicion of one training row, document, fact or update at its arrival: 0 to 1, higher is worse. */
export interface Score {
  readonly type: 'score'
  readonly source: string
  readonly eventId: string
  readonly suspicion: number
}

/** A sample of a unit's evidence, so that a screen can draw it against its threshold. Emitted every `sampleEvery` events of a model. */
export interface EvidenceSample {
  readonly type: 'evidence'
  readonly eventIndex: number
  readonly timeMs: number
  readonly kind: AlertKind
  /** Which unit, as a stable key: `feature=temp_max`, `origin=vendor-7 & label=ham`, or empty for a whole model. */
  readonly unit: string
  readonly subject: Subject
  readonly logE: number
  readonly threshold: number
  readonly effect: number
  readonly n: number
  /** Of `drift.performance` alone. */
  readonly estimate?: Estimate
  /** Of features that are never at rest alone: what they do, and usually do. */
  readonly usual?: UsualChange
}

/** A baseline was completed or adopted: what later windows are compared with. */
export interface BaselineAdopted {
  readonly type: 'baseline'
  readonly eventIndex: number
  readonly timeMs: number
  readonly stream: 'prediction' | 'training'
  readonly rows: number
  readonly sketches: SketchSet
}

/** Where a source stands, every `sampleEvery` events of a model and at each of its alarms. */
export interface SourceStanding {
  readonly type: 'source'
  readonly eventIndex: number
  readonly timeMs: number
  readonly origin: string
  readonly originKind: string
  readonly rows: number
  /** Rows whose label the shadow learner, before learning it, held less likely than another. */
  readonly disagreements: number
  /** Sum of the shadow learner's out-of-sample probabilities of disagreement: what an honest source would show. */
  readonly expected: number
  readonly logE: number
  readonly threshold: number
  readonly state: 'learning' | 'ok' | 'watch' | 'poisoning'
  /** Absent where it is not known, such as of a source with few rows among very many sources. */
  readonly influence?: SourceInfluence
}

export interface SourceInfluence {
  /** Sum over its rows of what each did to the mean log loss on trusted rows, first order: above 0 it hurts. */
  readonly loss: number
  /** The same, had each of its labels been the worst there is: it could not have moved the loss further. */
  readonly reach: number
  /** The model without its rows; worked out for a few sources at each sample. */
  readonly counterfactual?: Counterfactual
}

/** An accused pattern, every `sampleEvery` events of a model and at each alarm. */
export interface TriggerStanding {
  readonly type: 'trigger'
  readonly eventIndex: number
  readonly timeMs: number
  readonly kind: 'poison.trigger' | 'poison.bypass'
  readonly pattern: string
  readonly label: string | number
  readonly onsetTimeMs: number
  /** Rows that bear it with the label, since its onset. */
  readonly support: number
  readonly logE: number
  readonly threshold: number
  readonly state: 'association' | 'confirmed'
  /** Put into rows of other classes, on a learner that learned the suspected rows (lib/learn/golden/canary.ts). */
  readonly canary: Canary | null
  /** Probes of the serving model that bear it, and those of them answered with the label. */
  readonly probes: number
  readonly probeFlips: number
}

export type Output =
  | Finding
  | VerdictChange
  | Score
  | EvidenceSample
  | BaselineAdopted
  | SourceStanding
  | TriggerStanding
