/** A pattern accused of being a trigger: rows that bear it are labelled so, whatever else they say. */
export interface TriggerRow {
  kind: 'poison.trigger' | 'poison.bypass'
  pattern: string
  label: string
  /** Rows that bear it with the label, since its onset. */
  support: number
  onsetAt: string
  lastSeenAt: string
  evidence: { logE: number; threshold: number }
  /** Share of rows of other classes that turn with the pattern in them, on a learner that learned the suspected rows; 95 %, exact. */
  canary: { flipRate: number; ci: [number, number]; rows: number; flips: number } | null
  /** What the serving model answered to probes that bear it. */
  probes: { flipRate: number; ci: [number, number]; rows: number; flips: number } | null
  state: 'association' | 'confirmed'
  alertId: string | null
}
