import type { AlertKind, Comparison, Severity, Subject, Verdict } from '@/lib/alert/finding'
import type { Counterfactual } from '@/lib/learn/influence/counterfactual'
import type { IncidentItem } from './incident'
import type { Strip } from './strip'

export interface AlertItem {
  id: string
  fingerprint: string
  kind: AlertKind
  model: string
  state: 'firing' | 'acknowledged' | 'snoozed' | 'resolved'
  severity: Severity
  onsetAt: string
  firedAt: string
  createdAt: string
  subject: Subject
  evidence: { logE: number; threshold: number; effect: number; effectUnit: string; n: number }
  verdict: Verdict
  why: string
  incidentId: string
  incidentNumber: number
  owner: string | null
}

/** A record behind an alert, with its coordinates. */
export interface RecordRow {
  eventId: string
  source: string
  type: string
  topic: string
  partition: number
  offset: number
  time: string
  origin: string | null
  label: string | number | null
  score: number | null
  reasons: string[]
  /** The event's data as it is stored. */
  data: Record<string, unknown>
}

/** A row that an alert implicates, or that looked suspicious when it came (no alert then). */
export type SuspectItem = RecordRow & { alertId: string | null; kind: AlertKind | null }

export interface AlertDetail extends AlertItem {
  test: string
  comparison: Comparison | null
  /** Of a poisoning: what the model would be without the rows that it names. */
  counterfactual: Counterfactual | null
  strip: Strip
  records: RecordRow[]
  /** What to expect next if this were benign. */
  ifBenign: string
  incidentState: IncidentItem['state']
  /** Its level was adopted as the new normal, and stands. */
  adopted: AdoptedLevel | null
  acknowledgedAt: string | null
  snoozedUntil: string | null
  resolvedAt: string | null
}

/** A stretch of events that someone approved as the new normal. */
export interface AdoptedLevel {
  id: string
  model: string
  /** `level`: of one subject since an alert's onset; `range`: of the whole model. */
  what: 'level' | 'range'
  alertId: string | null
  subject: Subject
  /** The events that it is learned from, event time. */
  from: string
  to: string
  /** Events of the model before it counts. */
  atEvent: number
  note: string | null
  decidedBy: string
  decidedAt: string
  withdrawnBy: string | null
  withdrawnAt: string | null
}
