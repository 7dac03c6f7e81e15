import type { GoldenRow } from '@/lib/detect/detector'
import type { Arrival } from '@/lib/event/types'
import type { ModelConfig } from '@/lib/monitor/config'
import type { Output } from '@/lib/monitor/output'

/** One model's watch: every detector, the budget they share, and the coordinator that judges their alarms together. Pure and deterministic. */
export interface Monitor {
  readonly model: string
  /** Takes one event, in arrival order, and gives what it raised at this line. */
  accept(arrival: Arrival): readonly Output[]
  /** Plain data, versioned; `restoreMonitor` goes on from it as if nothing had happened. */
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
  /** Emit a score for every training row, document, fact and update. */
  readonly scores?: boolean
}

export declare function createMonitor(options: MonitorOptions): Monitor
/** @throws RangeError when the state's version is not one that this code can go on from: rebuild from stored events. */
export declare function restoreMonitor(options: MonitorOptions, state: MonitorState): Monitor
