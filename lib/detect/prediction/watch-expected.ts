import type { FeatureBytes } from '@/lib/detect/concept/feature-bytes'
import { leafAt, partition } from '@/lib/detect/concept/like-rows'
import type { OpenPredictions } from '@/lib/detect/concept/open-predictions'
import { type Crossing, completeBaseline, startNumericUnit, watchValue } from '@/lib/detect/drift/numeric/unit'
import type { Frame } from '@/lib/detect/frame'
import { startHours } from '@/lib/detect/prediction/hours'
import { expectedError, meanError, type Performance, run, start, wander } from '@/lib/detect/prediction/performance'
import { valueAt } from '@/lib/detect/prediction/usual-hours'

/**
 * The expected error of each prediction as one series under watch.
 */

const ringRows = 20_000
/** Takes a prediction. @returns what crossed. */
export function watchExpected(
  p: Performance,
  open: OpenPredictions,
  frame: Frame,
  place: number,
  mass: number,
  u: number,
): Crossing | null {
  const value = valueAt(p, open, place)
  if (Number.isNaN(value)) return null
  const error = expectedError(p, value)
  run(p.expected, error)
  wander(p, error, open.timeMs[place] as number)
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
  p.hours = startHours()
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
