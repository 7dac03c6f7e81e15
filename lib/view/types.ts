import type { AlertKind, Comparison, Severity, Subject, Verdict } from '@/lib/alert/finding'
import type { BacktestAlarm } from '@/lib/backtest/result'
import type { GoldenAudit } from '@/lib/golden/audit'
import type { Counterfactual } from '@/lib/learn/influence/counterfactual'
import type { ModelConfig } from '@/lib/monitor/config'

/** What verbs answer and screens show: plain JSON, times as RFC 3339, shared by the routes of /api/v1, the pages and the React Query hooks. */

export type Health = 'ok' | 'watch' | 'alarm' | 'poisoning' | 'no-data' | 'learning' | 'silenced'

/** One point of an evidence strip: the worst unit of that moment. `share`: of the promise, where it alarms at 1 (lib/evidence/share.ts). */
export interface StripPoint {
  at: string
  share: number
  logE: number
  threshold: number
  effect: number
  unit: string
  kind: AlertKind
}
export interface StripMark {
  at: string
  /** ▸ onset · ● alarm · ▲ model version · ◆ label batch · ▮ containment */
  kind: 'onset' | 'alarm' | 'version' | 'label-batch' | 'containment'
  label: string
  href?: string
  severity?: Severity
  poison?: boolean
}
export interface Strip {
  /** Such as `drift.feature` or `origin=vendor-7`. */
  id: string
  title: string
  points: StripPoint[]
  marks: StripMark[]
}

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

/** What is held of a feature in a window: the verdict of an alert, or how near it is to one. `small`: real, and too small to call anyone for. */
export type WindowStanding = Verdict | 'steady' | 'watch' | 'small' | 'insufficient-data'

export interface HeatMap {
  windowMs: number
  windows: string[]
  /** Worst first. Lists go by window; null: no rows, or of evidence no sample. */
  features: {
    name: string
    type: 'numeric' | 'categorical'
    /** Null-corrected distance between the window and the baseline, 0 to 1. */
    effects: (number | null)[]
    /** The most evidence in the window, as a share of the promise: it alarms at 1. */
    evidence: (number | null)[]
    /** Share of rows without a value. */
    missingBy: (number | null)[]
    n: number[]
    verdicts: (WindowStanding | null)[]
    /** The latest alert about it. */
    alertId: string | null
    /** At its worst in the range. */
    share: number
    logE: number
    threshold: number
    /** Share of rows without a value: in the range, and in the baseline. */
    missing: number
    missingBefore: number
  }[]
}

/** Who carries a movement: per key of the segment, its values; counted over stored rows of the baseline and of the range. */
export interface SegmentBreakdown {
  feature: string | null
  stream: 'prediction' | 'training' | null
  /** Rows that were looked at, of the baseline and of the range. */
  baselineRows: number
  rangeRows: number
  /** All rows of the range were looked at, not only the latest. */
  whole: boolean
  /** How far the feature moved in all of them, null-corrected, 0 to 1. */
  moved: number | null
  keys: {
    key: string
    /** How far the mix of its values moved, null-corrected, 0 to 1. */
    mix: number | null
    /** What carries most of the movement first. */
    values: {
      value: string
      rowsThen: number
      rowsNow: number
      shareThen: number
      shareNow: number
      /** How far the feature moved within it; null: no feature, or no rows on one side. */
      effect: number | null
      /** Its part in the feature's whole movement; the parts of a key add up to it. */
      part: number | null
      /** Share of the promise; null: it has no unit of its own. */
      evidence: number | null
    }[]
  }[]
}

/** How often a model was wrong, by window: as labels showed, and as estimated without them. */
export interface Performance {
  task: string | null
  windowMs: number
  /** What the values are: a share of wrong predictions, or how far off predictions of a quantity are. */
  unit: 'error-rate' | 'mean-absolute-error'
  /** The estimate was corrected by labelled rows of the baseline; null: there is none. */
  calibrated: boolean | null
  realised: { at: string; value: number; low: number; high: number; n: number }[]
  estimated: { at: string; value: number; low: number; high: number }[]
}

export interface SourceRow {
  origin: string
  kind: string
  rows: number
  share: number
  /** Share of its rows that the shadow learner, before it learned them, would have labelled otherwise; and what an honest source would show. */
  disagreement: number
  expected: number
  /** Lower bound of the chance that a row of it is right, from rows that people looked at; and how many those were. */
  trust: number | null
  audited: number
  /** What its rows did to the mean log loss on trusted rows, first order: above 0 it hurts. `reach`: what they could have done at the worst. */
  influence: number | null
  reach: number | null
  /** Share of the rows that it may supply, and its rows beyond that. */
  cap: { share: number; over: number; worstCase: number | null; worstCaseHeld: number | null }
  /** The model without it, the last time that was worked out. */
  counterfactual: Counterfactual | null
  evidence: { logE: number; threshold: number }
  state: 'learning' | 'ok' | 'watch' | 'poisoning'
  lastSeenAt: string
}

/** One source of a model, with what people said of it and what is held against it. */
export interface SourceDetail extends SourceRow {
  audits: { at: string; ok: number; bad: number; note: string | null; by: string }[]
  alerts: AlertItem[]
  strip: Strip
  /** Its rows by window of event time. */
  timeline: { at: string; rows: number }[]
}

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

/** A trusted set. `replaced`: approved, and another one counts now. */
export interface GoldenSetItem {
  id: string
  hash: string
  rows: number
  labels: Record<string, number>
  slices: Record<string, number>
  audit: GoldenAudit
  state: 'proposed' | 'approved' | 'rejected' | 'replaced'
  note: string | null
  proposedBy: string
  proposedAt: string
  decidedBy: string | null
  decidedAt: string | null
  /** The model's event before which it was taken on; null: it waits for the next one. */
  fromEvent: number | null
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

/** One feature of a model in a range: reference against current, with quantiles over time where it is a number. */
export interface FeatureDetail {
  name: string
  type: 'numeric' | 'categorical'
  comparison: Comparison
  reference: { n: number; missing: number; mean: number | null }
  current: { n: number; missing: number; mean: number | null }
  /** Where the median of a window usually lies: the middle nine tenths of the windows of the range that no alert covers. Null: too few of them. */
  calm: { low: number; high: number; windows: number } | null
  ribbon: { at: string; q05: number; q25: number; q50: number; q75: number; q95: number; n: number }[]
}

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

export interface TaskItem {
  id: string
  incidentId: string
  incidentNumber: number
  model: string
  phase: string
  title: string
  guidance: string
  state: 'todo' | 'doing' | 'done' | 'skipped'
  owner: string | null
  dueAt: string
  evidence: string | null
  completedAt: string | null
}

export interface TimelineEntry {
  id: number
  at: string
  eventAt: string | null
  kind: string
  actor: string
  text: string
}

export interface IncidentItem {
  id: string
  number: number
  title: string
  model: string
  state: 'open' | 'resolved'
  severity: Severity
  verdict: Verdict
  onsetAt: string
  openedAt: string
  resolvedAt: string | null
  /** What it turned out to be, as who closed it said. */
  resolution: 'real' | 'false-alarm' | null
  alerts: number
  tasksDone: number
  tasks: number
  playbook: string | null
}

export interface IncidentDetail extends IncidentItem {
  alertItems: AlertItem[]
  timeline: TimelineEntry[]
  taskItems: TaskItem[]
  strip: Strip
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

/** So many a period of the budget, with an exact 95 % interval. */
export interface Rate {
  count: number
  value: number
  low: number
  high: number
}

/** What was promised, and what came of it: incidents over a stretch of events, and what people said of them when they closed them. */
export interface Realised {
  /** False incidents a period, as promised. */
  promised: number
  /** The period: days of event time, or events. */
  perDays: number | null
  perEvents: number | null
  /** Periods that the stretch covers. */
  periods: number
  incidents: number
  falseAlarm: number
  real: number
  /** Still open, or closed without saying. */
  notSaid: number
  /** Those known to be false; null: the stretch has no length. */
  knownFalse: Rate | null
  /** Were all those false that nobody has called real: the most that can be held against the promise. */
  ifNotReal: Rate | null
}

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

export interface Page<T> {
  items: T[]
  nextCursor: string | null
}

export interface IngestStatus {
  sources: { topic: string; partition: number; next: number; owner: string | null; updatedAt: string }[]
  events: number
  deadLetters: number
  latestDeadLetters: {
    topic: string
    partition: number
    offset: number
    reason: string
    size: number
    at: string
    preview: string
  }[]
  kafka: { configured: boolean; brokers: string[]; note: string | null }
}
