import { probabilityOf } from '@/lib/detect/concept/confidence'
import type { Tree } from '@/lib/detect/concept/tree'
import type { NumericUnit } from '@/lib/detect/drift/numeric/unit'
import { type Hours, noteHour, startHours } from '@/lib/detect/prediction/hours'

/**
 * How well the model does, before labels tell: the mean of each prediction's own probability of being wrong.
 *
 * Classes   CBPE: 1 − confidence, corrected by the labelled baseline (isotonic, 20 bins); raw where there are no labels.
 * Numbers   DLE's idea in a tree: the mean |residual| of the baseline rows in the prediction's leaf.
 * Watched   as one numeric series, upwards: ranks of what is expected, so the evidence needs no labels at all.
 * Misses    a rule that changes while inputs and scores stay: nothing without labels can see it.
 * Source    NannyML, CBPE and DLE; Zadrozny & Elkan 2002 (isotonic calibration).
 */
export interface Performance {
  /** Of confidence bytes, 248 − byte; of leaves their mean |residual|. Null: nothing to estimate from. */
  unit: NumericUnit | null
  gathered: number
  /** P(wrong) by confidence byte. */
  calibration: Float64Array
  calibrated: boolean
  tree: Tree | null
  leafError: Float64Array
  leafSpread: Float64Array
  /** Exponentially weighted over the latest rows: expected error, its variance by row, and rows; realised likewise, of labelled rows. */
  expected: Running
  realised: Running
  /** Expected error of the baseline. */
  baseline: number
  /** Means of blocks of rows, and single rows, while nothing alarmed: how much wider than chance it usually wanders. */
  rows: Running
  blocks: Running
  block: { sum: number; n: number }
  /** Sum of the expected errors and rows, by hour of the day. */
  hours: Hours
}
export interface Running {
  mean: number
  variance: number
  /** Rows that it stands for. */
  n: number
}
const windowRows = 500
export const top = 248
export const start = (): Running => ({ mean: 0, variance: 0, n: 0 })
export const startPerformance = (): Performance => ({
  unit: null,
  gathered: 0,
  calibration: Float64Array.from({ length: top + 1 }, (_, byte) => 1 - probabilityOf(byte)),
  calibrated: false,
  tree: null,
  leafError: new Float64Array(0),
  leafSpread: new Float64Array(0),
  expected: start(),
  realised: start(),
  baseline: Number.NaN,
  rows: start(),
  blocks: start(),
  block: { sum: 0, n: 0 },
  hours: startHours(),
})
export function run(running: Running, value: number, window = windowRows): void {
  running.n = Math.min(window, running.n + 1)
  const step = 1 / running.n
  const gap = value - running.mean
  running.mean += step * gap
  running.variance = (1 - step) * (running.variance + step * gap * gap)
}
const blockRows = 200

/** Takes a row's expected error. */
export function wander(p: Performance, error: number, timeMs: number): void {
  noteHour(p.hours, error, timeMs)
  run(p.rows, error, Number.POSITIVE_INFINITY)
  p.block.sum += error
  if (++p.block.n < blockRows) return
  run(p.blocks, p.block.sum / blockRows, Number.POSITIVE_INFINITY)
  p.block = { sum: 0, n: 0 }
}

/** Standard deviation of the mean of n rows as it usually wanders, season and serial correlation included. */
export function usualDeviation(p: Performance, n: number): number {
  const inflation = p.blocks.n >= 5 ? Math.max(1, (blockRows * p.blocks.variance) / p.rows.variance) : 1
  return Math.sqrt((p.rows.variance * inflation) / Math.max(1, n))
}

export const expectedError = (p: Performance, value: number): number =>
  p.tree ? value : (p.calibration[Math.max(0, Math.min(top, Math.round(top - value)))] as number)
export const noteRealised = (p: Performance, error: number): void => {
  if (Number.isFinite(error)) run(p.realised, error)
}
export function meanError(p: Performance, values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += expectedError(p, values[i] as number)
  return values.length > 0 ? sum / values.length : Number.NaN
}
