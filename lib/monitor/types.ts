import type { Subject } from '@/lib/alert/finding'
import type { GoldenRow } from '@/lib/detect/detector'
import type { Arrival } from '@/lib/event/types'
import type { ModelConfig } from '@/lib/monitor/config'
import type { Output } from '@/lib/monitor/output'

/** One model's watch: every detector, the budget they share, and the coordinator that judges their alarms together. Pure and deterministic. */
export interface Monitor {
  readonly model: string
  /**
   * Takes one event, in arrival order, and gives what it raised at this line.
   * @param more others of this model follow at once: a sample that is due waits for the last of them
   */
  accept(arrival: Arrival, more?: boolean): readonly Output[]
  /** Someone approved the level of a subject as the new normal, or took that back; from the next event on. @returns whether a unit took it on. */
  adopt(subject: Subject, what: 'adopt' | 'withdraw'): boolean
  /**
   * Another golden set was approved: it counts from the next event on. Its rows are no part of the snapshot: whoever restores it gives them as `golden`.
   * @param id of the set: taken on twice, it is learned once.
   */
  trust(golden: readonly GoldenRow[], id: string): void
  /** Plain data; serialise it before the next event is accepted. `restoreMonitor` goes on from it as if nothing had happened. */
  snapshot(): MonitorState
}

export interface MonitorState {
  readonly version: number
  readonly data: unknown
}

export interface MonitorOptions {
  readonly model: string
  readonly config?: ModelConfig
  readonly golden?: readonly GoldenRow[]
  /** Events of the model between two samples of evidence and source standings; 0: none (replay). */
  readonly sampleEvery?: number
  /** Events of the model before the first one that this monitor is shown: it numbers on from there. */
  readonly firstSeq?: number
  /** Emit a score for every training row, document, fact and update. */
  readonly scores?: boolean
}
