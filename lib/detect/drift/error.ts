import type { Alarm, Detector } from '@/lib/detect/detector'
import { type CodeUnit, returnToApproved, startCodeUnit, watchCode } from '@/lib/detect/drift/code-unit'
import {
  type ErrorEvidence,
  errorAlarm,
  rateEvidence,
  residualEvidence,
  type VersionLine,
} from '@/lib/detect/drift/error-alarm'
import { completeBaseline, type NumericUnit, startNumericUnit, watchValue } from '@/lib/detect/drift/numeric-unit'
import {
  addLabel,
  addPrediction,
  type Joined,
  type OpenPredictions,
  startOpenPredictions,
} from '@/lib/detect/drift/open-predictions'
import { addRow, type RowRing, startRows } from '@/lib/detect/drift/rows'
import { reportEvidence } from '@/lib/evidence/report'
import { baselineRowsOf } from '@/lib/monitor/config'

/**
 * The error of labelled predictions rises: the rule behind the labels changed, or a version is worse.
 *
 * Watches   0/1 error of `ml.label.v1` joined to `ml.prediction.v1` by the prediction event's id; |residual| where both are numbers of many values.
 * Misses    a fall of the error; a change that moves errors from one kind of row to another at the same rate; labels that come after
 *           `openPredictions` further predictions, and second labels of a prediction already judged.
 * Assumes   errors exchangeable while nothing changes; a learner that still improves only makes it slower.
 * Evidence  e-detector over one-sided bets on the odds of an error (.6) and observed over expected at three rates, silent unless above 1 (.4);
 *           residuals: conformal ranks with upward bets, as numeric features.
 * Effect    rise of the error rate, or growth of the residual, chance taken off.
 * Re-arming on the level since the onset; when the error falls back, on the approved level again, so that the next rise is seen.
 * Source    recipes/drift.md §2 and §4.
 *
 * @example  error 10 %, then 30 % from the 3,000th prediction (line 6,000) → one finding at index 6,069, onset 5,974, verdict "concept-change".
 */
export interface ErrorParams {
  readonly openPredictions: number
  readonly ringRows: number
  /** Practical bounds: rise of the error rate; growth of the residual. */
  readonly leastRise: number
  readonly leastGrowth: number
}

export interface ErrorState {
  version: number
  baselineRows: number
  predictions: number
  open: OpenPredictions
  rows: RowRing
  /** Baseline as it gathers: error of classes, residual (NaN where either is no number), and the predictions' values. */
  wrong: number[]
  residuals: number[]
  distinct: Set<string>
  rate: CodeUnit | null
  residual: NumericUnit | null
  /** Mass of label lines not yet spent on a joined pair. */
  pending: number
  /** Cumulative evidence that the error is back at the approved level, nats. */
  back: number
  versions: VersionLine[]
}

const version = 2
const fewestLabels = 200
const mostVersions = 50
const manyValues = 20
/** Nats at which a fallen error counts as back. */
const backAt = 12

export const errorDrift: Detector<ErrorParams, ErrorState> = {
  id: 'drift.concept/error',
  version,
  reads: ['ml.prediction.v1', 'ml.label.v1', 'ml.version.v1'],
  spendsOn: ['ml.label.v1'],
  share: 1,
  minSample: 2000,
  params: { openPredictions: 50_000, ringRows: 20_000, leastRise: 0.01, leastGrowth: 0.05 },

  init: (params, ctx) => ({
    version,
    baselineRows: baselineRowsOf(ctx.config),
    predictions: 0,
    open: startOpenPredictions(params.openPredictions),
    rows: startRows(params.ringRows),
    wrong: [],
    residuals: [],
    distinct: new Set(),
    rate: null,
    residual: null,
    pending: 0,
    back: 0,
    versions: [],
  }),

  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    for (const arrival of batch) {
      const { event, index } = arrival
      if (event.type === 'ml.version.v1') {
        state.versions.push({ version: event.data.version, line: index })
        if (state.versions.length > mostVersions) state.versions.shift()
        continue
      }
      let joined: Joined | null = null
      if (event.type === 'ml.prediction.v1') {
        state.predictions++
        joined = addPrediction(state.open, event.id, event.data.prediction, index, event.timeMs)
      } else if (event.type === 'ml.label.v1') {
        state.pending += ctx.mass(arrival)
        joined = addLabel(state.open, event.data.prediction, event.data.label)
      }
      if (!joined) continue
      const evidence = judge(state, joined, (row) => ctx.uniform(errorDrift.id, row))
      if (evidence) alarms.push(errorAlarm(evidence, state.rows, index, state.versions))
    }
    return { state, alarms }
  },

  standing(state) {
    const unit = state.rate ?? (state.residual?.phase === 'armed' ? state.residual : null)
    if (!unit) return []
    const { counts, reference } = state.rate ?? { counts: [1, 0], reference: [1, 0] }
    const share = (c: ArrayLike<number>) => (c[1] as number) / Math.max(1, (c[0] as number) + (c[1] as number))
    return [
      {
        kind: 'drift.concept',
        unit: 'error',
        subject: {},
        ...reportEvidence(unit.evidence),
        effect: share(counts) - share(reference),
        n: unit.evidence.updates,
      },
    ]
  },
}

function judge(state: ErrorState, joined: Joined, uniform: (row: number) => number): ErrorEvidence | null {
  const { predicted, label } = joined
  const row = addRow(state.rows, joined.line, joined.timeMs)
  const wrong = String(predicted) === String(label) ? 0 : 1
  const residual = typeof predicted === 'number' && typeof label === 'number' ? Math.abs(label - predicted) : Number.NaN
  if (!state.rate && !state.residual) {
    gather(state, joined, wrong, residual)
    return null
  }
  const mass = state.pending
  state.pending = 0
  const { leastRise, leastGrowth } = errorDrift.params
  if (state.residual) {
    if (!Number.isFinite(residual)) return null
    const crossing = watchValue(state.residual, row, residual, mass, uniform(row))
    return crossing && residualEvidence(crossing, leastGrowth)
  }
  const unit = state.rate as CodeUnit
  if (unit.provisional && unit.phase === 'armed' && isBack(state, unit, wrong)) {
    returnToApproved(unit, row + 1)
    return null
  }
  const crossing = watchCode(unit, row, wrong, mass, uniform(row))
  return crossing && rateEvidence(crossing, leastRise)
}

/** The baseline: baseline.rows labelled predictions, or what came with 2.5 times as many predictions where labels are late or sparse. */
function gather(state: ErrorState, joined: Joined, wrong: number, residual: number): void {
  state.pending = 0
  state.wrong.push(wrong)
  state.residuals.push(residual)
  if (state.distinct.size <= manyValues) state.distinct.add(String(joined.predicted))
  const late = state.predictions >= 2.5 * state.baselineRows && state.wrong.length >= Math.min(600, state.baselineRows)
  if (state.wrong.length < Math.max(fewestLabels, state.baselineRows) && !late) return
  const held = state.rows.line.length
  const row = state.rows.rows
  const numbers = state.residuals.filter(Number.isFinite)
  if (state.distinct.size > manyValues && numbers.length > 0.9 * state.residuals.length) {
    state.residual = startNumericUnit(held, 'up')
    state.residual.gathered = numbers
    completeBaseline(state.residual, row)
  } else {
    const errors = state.wrong.reduce((a, b) => a + b, 0)
    state.rate = startCodeUnit('up', [state.wrong.length - errors, errors], held, row)
  }
  state.wrong = []
  state.residuals = []
}

/** Cumulative sum of the log-likelihood ratio of the approved error rate over the provisional one, never below 0. */
function isBack(state: ErrorState, unit: CodeUnit, wrong: number): boolean {
  const rate = (counts: Float64Array) =>
    ((counts[1] as number) + 0.5) / ((counts[0] as number) + (counts[1] as number) + 1)
  const approved = rate(unit.approved)
  const provisional = rate(unit.reference)
  if (approved >= provisional) return false
  const nats = wrong ? Math.log(approved / provisional) : Math.log((1 - approved) / (1 - provisional))
  state.back = Math.max(0, state.back + nats)
  if (state.back < backAt) return false
  state.back = 0
  return true
}
