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

/** One source of a model, with what people said of it and what is held against it. */
export interface SourceDetail extends SourceRow {
  audits: { at: string; ok: number; bad: number; note: string | null; by: string }[]
  alerts: AlertItem[]
  strip: Strip
  /** Its rows by window of event time. */
  timeline: { at: string; rows: number }[]
}
