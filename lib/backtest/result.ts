import type { Finding } from '@/lib/alert/finding'

/** An alarm of a backtest: the finding without its bins, and how late it came. */
export interface BacktestAlarm extends Omit<Finding, 'comparison' | 'type'> {
  readonly fingerprint: string
  /** Events of the model from its onset to the alarm; the event time between them, milliseconds. */
  readonly delayEvents: number
  readonly delayMs: number
}

/** What a run came to, as it is kept with it. What live raised, and what people said of it, is asked for anew at each reading. */
export interface BacktestResult {
  readonly events: number
  /** Events on which a detector failed; live they become dead letters. */
  readonly failed: number
  /** Event time of the first and the last event; null: there was none. */
  readonly fromAt: string | null
  readonly toAt: string | null
  readonly alarms: number
  readonly incidents: number
  /** Verdicts that changed after they were said. */
  readonly verdictChanges: number
  /** The first `maxAlarms` of them, in order. */
  readonly findings: readonly BacktestAlarm[]
  readonly elapsedMs: number
}

/** Alarms kept with a run: who needs more has set a budget that nobody could work. */
export const maxAlarms = 1000
