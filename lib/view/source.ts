import type { Counterfactual } from '@/lib/learn/influence/counterfactual'
import type { AlertItem } from './alert'
import type { Strip } from './strip'

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

/** Would the next row of a source be let in? */
export interface GateVerdict {
  admit: boolean
  /** Why not, in words; or why it is, all the same. */
  reasons: string[]
  /** The alert that it is held for. */
  alertId: string | null
}

/** What the gate says of a batch, row by row. */
export interface GateCheck {
  admitted: number
  held: number
  /** If every source's labels had all been the worst there is, each held to its cap: how far the mean log loss on trusted rows could have moved. */
  worst: { newcomers: number | null; all: number | null }
  rows: GateVerdict[]
}

/** Sources that look like one hand, and are judged as one. */
export interface SourceCluster {
  id: string
  /** What makes them look so; null: they were accused together. */
  tie: 'born' | 'together' | 'copies' | 'near' | null
  why: string
  /** At most 50 of them. */
  members: string[]
  rows: number
  evidence: { logE: number; threshold: number }
  state: 'ok' | 'watch' | 'poisoning'
  alertId: string | null
}

/** One source of a model, with what people said of it and what is held against it. */
export interface SourceDetail extends SourceRow {
  audits: { at: string; ok: number; bad: number; note: string | null; by: string }[]
  alerts: AlertItem[]
  strip: Strip
  gate: GateVerdict
  /** Those whom it looks like one hand with. */
  clusters: SourceCluster[]
  /** Its rows by window of event time. */
  timeline: { at: string; rows: number }[]
}
