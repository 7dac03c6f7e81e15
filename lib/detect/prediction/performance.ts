import { noConfidence, probabilityOf } from '@/lib/detect/concept/confidence'
import type { FeatureBytes } from '@/lib/detect/concept/feature-bytes'
import { leafAt, partition } from '@/lib/detect/concept/like-rows'
import { noClass, type OpenPredictions } from '@/lib/detect/concept/open-predictions'
import type { Tree } from '@/lib/detect/concept/tree'
import {
  type Crossing,
  completeBaseline,
  type NumericUnit,
  startNumericUnit,
  watchValue,
} from '@/lib/detect/drift/numeric/unit'
import type { Frame } from '@/lib/detect/frame'

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
}

export interface Running {
  mean: number
  variance: number
  /** Rows that it stands for. */
  n: number
}

/** What screens show: error as a share of predictions, or the mean |residual|; with 95 % intervals. */
export interface Estimate {
  readonly estimated: number
  readonly low: number
  readonly high: number
  readonly baseline: number
  /** From labels: absent before any came. */
  readonly realised?: { readonly value: number; readonly low: number; readonly high: number; readonly n: number }
  readonly unit: 'error-rate' | 'mean-absolute-error'
  readonly calibrated: boolean
}

const windowRows = 500
const ringRows = 20_000
const top = 248
const start = (): Running => ({ mean: 0, variance: 0, n: 0 })

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
})

function run(running: Running, value: number, window = windowRows): void {
  running.n = Math.min(window, running.n + 1)
  const step = 1 / running.n
  const gap = value - running.mean
  running.mean += step * gap
  running.variance = (1 - step) * (running.variance + step * gap * gap)
}

/** Takes a prediction. @returns what crossed. */
export function watchExpected(
  p: Performance,
  open: OpenPredictions,
  frame: Frame,
  place: number,
  mass: number,
  u: number,
): Crossing | null {
  let value: number
  if (p.tree) value = p.leafError[leafAt(p.tree, open, place)] as number
  else {
    const byte = open.confidence[place] as number
    if (byte === noConfidence) return null
    value = top - byte
  }
  const error = expectedError(p, value)
  run(p.expected, error)
  wander(p, error)
  if (!p.tree && !p.unit) {
    p.unit = startNumericUnit(ringRows, 'up', 2048)
    p.gathered = 0
  }
  const { unit } = p
  if (!unit) return null
  if (unit.phase === 'gathering') {
    p.gathered++
    if (frame.armed && !p.tree) {
      p.baseline = p.expected.mean
      completeBaseline(unit, frame.row, 200, Math.max(frame.cells, 1))
    }
  }
  if (!frame.familiar && unit.phase !== 'gathering') return null
  return watchValue(unit, frame.row, value, mass, u, frame.stratum, open.timeMs[place] as number)
}

const blockRows = 200

function wander(p: Performance, error: number): void {
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

const bins = 20

/** From the labelled baseline: P(wrong) by confidence, never rising with it (pool adjacent violators). */
export function calibrate(p: Performance, open: OpenPredictions, rows: readonly number[]): void {
  const scored: { byte: number; wrong: number }[] = []
  for (const n of rows) {
    const place = n % open.capacity
    const byte = open.confidence[place] as number
    if (byte !== noConfidence) scored.push({ byte, wrong: open.label[place] === open.predicted[place] ? 0 : 1 })
  }
  if (scored.length < 200) return
  scored.sort((a, b) => a.byte - b.byte)
  const blocks: { byte: number; wrong: number; n: number }[] = []
  for (let b = 0; b < bins; b++) {
    const from = Math.floor((b * scored.length) / bins)
    const to = Math.floor(((b + 1) * scored.length) / bins)
    let block = { byte: 0, wrong: 0, n: to - from }
    for (let i = from; i < to; i++) {
      block.byte += (scored[i]?.byte ?? 0) / block.n
      block.wrong += (scored[i]?.wrong ?? 0) / block.n
    }
    for (let last = blocks.at(-1); last && last.wrong <= block.wrong; last = blocks.at(-1)) {
      blocks.pop()
      const n = last.n + block.n
      block = {
        byte: (last.byte * last.n + block.byte * block.n) / n,
        wrong: (last.wrong * last.n + block.wrong * block.n) / n,
        n,
      }
    }
    blocks.push(block)
  }
  const [first] = blocks as [(typeof blocks)[0]]
  for (let byte = 0; byte <= top; byte++) {
    const after = blocks.findIndex((block) => block.byte >= byte)
    // Beyond the rows that it was learned on the scores' own slope goes on.
    if (after === 0)
      p.calibration[byte] = Math.max(
        first.wrong,
        Math.min(1, first.wrong + 1 - probabilityOf(byte) - (1 - probabilityOf(first.byte))),
      )
    else if (after < 0) p.calibration[byte] = (blocks.at(-1) as (typeof blocks)[0]).wrong
    else {
      const a = blocks[after - 1] as (typeof blocks)[0]
      const b = blocks[after] as (typeof blocks)[0]
      p.calibration[byte] = a.wrong + ((b.wrong - a.wrong) * (byte - a.byte)) / (b.byte - a.byte)
    }
  }
  p.calibrated = true
  p.expected = start()
  p.rows = start()
  p.blocks = start()
  p.block = { sum: 0, n: 0 }
  if (p.unit?.reference.length) p.baseline = meanError(p, p.unit.reference)
}

/** From the labelled baseline of a regression: the mean |residual| by leaf, and the unit armed on the rows of the baseline. */
export function learnErrors(
  p: Performance,
  open: OpenPredictions,
  book: FeatureBytes | null,
  rows: readonly number[],
  frame: Frame,
  sizeAt: (place: number) => number,
): void {
  if (!book || rows.length < 400) return
  const { tree, rest } = partition(open, book, rows.slice(0, 6000), 1, (place, into, at) => {
    into[at] = sizeAt(place)
  })
  p.tree = tree
  const n = new Float64Array(tree.leaves)
  p.leafError = new Float64Array(tree.leaves)
  p.leafSpread = new Float64Array(tree.leaves)
  for (const row of rest) {
    const place = row % open.capacity
    const leaf = leafAt(tree, open, place)
    const size = sizeAt(place)
    if (!Number.isFinite(size)) continue
    n[leaf] = (n[leaf] as number) + 1
    p.leafError[leaf] = (p.leafError[leaf] as number) + (size - (p.leafError[leaf] as number)) / (n[leaf] as number)
  }
  p.calibrated = true
  p.expected = start()
  p.rows = start()
  p.blocks = start()
  p.block = { sum: 0, n: 0 }
  const unit = startNumericUnit(ringRows, 'up', 2048)
  for (const row of [...rows].reverse()) {
    const place = row % open.capacity
    watchValue(
      unit,
      0,
      p.leafError[leafAt(tree, open, place)] as number,
      0,
      0.5,
      open.stratum[place] as number,
      open.timeMs[place] as number,
    )
  }
  completeBaseline(unit, frame.row, 200, Math.max(frame.cells, 1))
  p.unit = tree.leaves > 1 ? unit : null
  if (p.unit) p.baseline = meanError(p, p.unit.reference)
}

export function meanError(p: Performance, values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += expectedError(p, values[i] as number)
  return values.length > 0 ? sum / values.length : Number.NaN
}

/** The estimate over the latest rows. The interval is of sampling: the rows' own chance of being wrong, and which rows came. */
export function estimateOf(p: Performance): Estimate | null {
  const { expected, realised } = p
  if (expected.n < 50) return null
  const numbers = p.tree !== null
  const rows = 2 * expected.n
  const noise = numbers ? expected.variance : expected.variance + expected.mean * (1 - expected.mean)
  const half = 1.96 * Math.sqrt(noise / rows)
  const cap = numbers ? Number.POSITIVE_INFINITY : 1
  const within = (mean: number, by: number) => ({ low: Math.max(0, mean - by), high: Math.min(cap, mean + by) })
  const own = 1.96 * Math.sqrt(realised.variance / (2 * Math.max(1, realised.n)))
  return {
    estimated: expected.mean,
    ...within(expected.mean, half),
    baseline: p.baseline,
    ...(realised.n >= 50 ? { realised: { value: realised.mean, ...within(realised.mean, own), n: realised.n } } : {}),
    unit: numbers ? 'mean-absolute-error' : 'error-rate',
    calibrated: p.calibrated,
  }
}

/** Of the rows from a prediction on, how many have their label. */
export function labelledShare(open: OpenPredictions, from: number): number {
  let labelled = 0
  let rows = 0
  for (let n = Math.max(from, open.next - open.capacity, 0); n < open.next; n++) {
    rows++
    if (open.label[n % open.capacity] !== noClass) labelled++
  }
  return rows > 0 ? labelled / rows : 0
}
