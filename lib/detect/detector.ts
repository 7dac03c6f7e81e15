import type { AlertKind, Comparison, Severity, Subject, Verdict } from '@/lib/alert/finding'
import type { UsualChange } from '@/lib/detect/drift/usual/standing'
import type { Frame } from '@/lib/detect/frame'
import type { Estimate } from '@/lib/detect/prediction/estimate'
import type { Arrival, EventType } from '@/lib/event/types'
import type { Want } from '@/lib/learn/wants'
import type { Learner } from '@/lib/learn/witness'
import type { ModelConfig } from '@/lib/monitor/config'
import type { SourceStanding, TriggerStanding } from '@/lib/monitor/output'

/**
 * The one shape of a detector. It is a value: no clock, no IO, no randomness but `ctx.uniform`.
 *
 * State is plain data (what a structured clone carries: numbers, strings, arrays, Maps, typed arrays), owned by the detector: `update` may change
 * it in place and hands it back. It carries `version`; a monitor that meets another version rebuilds it from the stored events.
 */
export interface Detector<P = unknown, S = unknown> {
  /** Kind and name, such as `drift.feature/numeric`. */
  readonly id: string
  readonly version: number
  /** Event types it reads, in any order of arrival. */
  readonly reads: readonly EventType[]
  /** Event types whose lines feed its budget: a line's restart mass is shared among the detectors that spend on its type. */
  readonly spendsOn: readonly EventType[]
  /** Its weight in that share, relative to the others'; by type where it differs. */
  readonly share: number | Readonly<Partial<Record<EventType, number>>>
  /** What it needs of the learner beside a row's judgement and the rows of late: worked out only where a detector that runs asks for it. */
  readonly wants?: readonly Want[]
  /** True while it has nothing to watch in this model at all (no text, no segments): its part of the mass goes to the others. Asked every few hundred events. */
  idle?(state: S): boolean
  /** It never alarms before it has seen this many events of the kind it watches. */
  readonly minSample: number
  readonly params: P
  init(params: P, ctx: InitContext): S
  /** Feeds events in arrival order. Any split of a stream into batches gives the same alarms. */
  update(state: S, batch: readonly Arrival[], ctx: Context): Step<S>
  /**
   * Someone approved the level that its unit of this subject settled on as the new normal (`adopt`), or took that back (`withdraw`). Between two events.
   * @param row the next prediction's. @returns whether a unit took it on. Doing it twice does nothing more.
   */
  adopt?(state: S, subject: Subject, row: number, what: 'adopt' | 'withdraw'): boolean
  /** What it knows better of another detector's alarm, such as that the change is confined to one segment. @returns the alarm, or a truer one. Changes nothing. */
  refine?(state: S, alarm: Alarm, frame: Frame): Alarm
  /** Where its units stand now, for screens. Worst first, at most `limit`. Changes nothing. */
  standing(state: S, limit: number): UnitStanding[]
  /** Where the sources that it judges stand, worst first, at most `limit`; only detectors of sources have it. */
  sources?(state: S, limit: number): readonly Omit<SourceStanding, 'type' | 'eventIndex' | 'timeMs'>[]
  /** The patterns that it accused, at most `limit`; only detectors of triggers have it. */
  triggers?(state: S, limit: number): readonly Omit<TriggerStanding, 'type' | 'eventIndex' | 'timeMs'>[]
}

export interface Step<S> {
  readonly state: S
  readonly alarms: readonly Alarm[]
  /** Units that went back to their approved baseline: no finding, but what moved with them is explained. */
  readonly returns?: readonly Return[]
  /** Features that are never at rest: what moves in them is judged against what usually does (lib/alert/usual.ts). All of them, whenever that changes. */
  readonly wandering?: readonly string[]
  /** What it holds against training rows, documents, facts and updates in this batch, at arrival: the chance that they are what it watches for. */
  readonly scores?: readonly { readonly index: number; readonly suspicion: number }[]
}

export interface InitContext {
  readonly model: string
  readonly config: ModelConfig
  readonly golden: readonly GoldenRow[]
}

/** What is known to be clean. */
export interface GoldenRow {
  readonly features?: Readonly<Record<string, number | string | boolean | null>>
  readonly text?: string
  readonly embedding?: readonly number[]
  readonly label?: string | number
  readonly segment?: Readonly<Record<string, string | number | boolean | null>>
}

export interface Context extends InitContext {
  /**
   * Restart mass that this detector may spend on this event, in false incidents: Σ over a model's lines and detectors stays within the budget.
   * A unit's e-detector M ← e·(M + mass of the unit) alarms at M ≥ 1 (lib/evidence/e-detector.ts).
   */
  mass(arrival: Arrival): number
  /**
   * What all detectors agree on about this line: its row, season cell, segment stratum, and whether the baseline is over. A detector asks for every
   * prediction that it reads, in order. The answer is one object, good until the next line.
   */
  frame(arrival: Arrival): Frame
  /** A uniform in (0, 1), the same for the same (key, n): ties and conformal ranks. */
  uniform(key: string, n: number): number
  /** The model's one shadow learner: detectors of poisoning judge a training row by what it expected before it learned the row. */
  readonly learner: Learner
}

/** Evidence that passed the budget, before it is judged together with the others. */
export interface Alarm {
  readonly kind: AlertKind
  /** Stable key of the unit, such as `feature=temp_max`. */
  readonly unit: string
  readonly subject: Subject
  /** Line of the event at which it fired, and of the first affected one of the kind watched. */
  readonly eventIndex: number
  readonly onsetIndex: number
  readonly onsetTimeMs: number
  readonly logE: number
  readonly threshold: number
  readonly effect: number
  readonly effectUnit: string
  readonly n: number
  readonly severity: Severity
  readonly verdict: Verdict
  readonly why: string
  readonly test: string
  readonly comparison?: Comparison
  /** The detector has weighed it against the changes that its unit makes by itself: lib/alert/usual.ts does not do so again. */
  readonly beyondUsual?: true
  /** It was raised on a change within its segment that the segment's own unit has seen before, and lives with: the rows outside show nothing of it. */
  readonly standing?: true
}

/** A unit whose values are likelier under the approved baseline than under the level they were settled on. */
export interface Return {
  readonly kind: AlertKind
  readonly unit: string
  readonly subject: Subject
  readonly eventIndex: number
  readonly onsetIndex: number
}

export interface UnitStanding {
  readonly kind: AlertKind
  readonly unit: string
  readonly subject: Subject
  readonly logE: number
  readonly threshold: number
  readonly effect: number
  readonly n: number
  /** Estimated performance, and the realised one where labels came; of `drift.performance` alone. */
  readonly estimate?: Estimate
  /** Of features that are never at rest alone. */
  readonly usual?: UsualChange
}
