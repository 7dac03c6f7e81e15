import type { AlertKind } from '@/lib/alert/finding'
import type { ModelConfig } from '@/lib/monitor/config'
import type { Realised } from './rate'
import type { Strip } from './strip'

export type Health = 'ok' | 'watch' | 'alarm' | 'poisoning' | 'no-data' | 'learning' | 'silenced'

export interface ModelSummary {
  id: string
  task: string | null
  health: Health
  /** Events accepted so far; per second over the last minute of arrival. */
  events: number
  eventsPerSecond: number
  openAlerts: number
  openIncidents: number
  drift: { share: number } | null
  poison: { share: number } | null
  error: { value: number; low: number; high: number; n: number } | null
  lastIngestedAt: string | null
  lastEventAt: string | null
  /** The sentence of its worst open alert. */
  worst: { alertId: string; why: string; kind: AlertKind; incidentId: string; firedAt: string } | null
  strip: Strip
  /** How many of the events that a baseline needs have been seen; null once it is complete. */
  learning: { seen: number; needed: number } | null
}

export interface VersionRow {
  version: string
  parent: string | null
  at: string
  metrics: Record<string, number> | null
}

export interface ModelDetail extends ModelSummary {
  /** Nobody has said what the task is: it follows from the labels or predictions that came. */
  taskInferred: boolean
  config: ModelConfig
  budget: { falseIncidents: number; perDays: number | null; perEvents: number | null; words: string }
  /** What came of the promise in the range; null: nothing has come yet. */
  realised: Realised | null
  windowMs: number | null
  from: string | null
  to: string | null
  strips: Strip[]
  versions: VersionRow[]
}
