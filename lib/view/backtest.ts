import type { AlertKind, Severity, Subject } from '@/lib/alert/finding'
import type { BacktestAlarm } from '@/lib/backtest/result'
import type { ModelConfig } from '@/lib/monitor/config'
import type { IncidentItem } from './incident'
import type { Realised } from './rate'

export interface BacktestItem {
  id: string
  model: string
  state: 'running' | 'done' | 'failed' | 'cancelled'
  config: ModelConfig
  /** Events read so far, and in all. */
  done: number
  total: number
  /** Places among the model's events: from ≤ event < to. */
  fromEvent: number
  toEvent: number
  alarms: number | null
  incidents: number | null
  error: string | null
  startedBy: string
  startedAt: string
  endedAt: string | null
}

/** An alert that live raised in the time of a run. */
export interface RaisedLive {
  alertId: string
  findingId: string
  fingerprint: string
  kind: AlertKind
  severity: Severity
  subject: Subject
  why: string
  onsetAt: string
  firedAt: string
  incidentId: string
  resolution: IncidentItem['resolution']
  /** The run raised it too: the same finding, or the same thing over the same time. */
  found: boolean
}

export interface BacktestDetail extends BacktestItem {
  /** Null until it is done. */
  result: {
    events: number
    failed: number
    fromAt: string
    toAt: string
    verdictChanges: number
    /** At most 1,000, the first ones. `alertId`: what live raised for it; null: live did not. */
    alarms: (BacktestAlarm & { alertId: string | null; resolution: IncidentItem['resolution'] })[]
    live: RaisedLive[]
    /** Medians. */
    delay: { events: number; ms: number } | null
    rates: Realised
    liveRates: Realised
    elapsedMs: number
  } | null
}
