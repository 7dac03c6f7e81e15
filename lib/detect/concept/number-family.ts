import type { FeatureBytes } from '@/lib/detect/concept/feature-bytes'
import { labelledRows, leafAt, partition, unfamiliar } from '@/lib/detect/concept/like-rows'
import { numberAt, type OpenPredictions, residualAt } from '@/lib/detect/concept/open-predictions'
import { armScale, type ScaleUnit, startScale, watchScale } from '@/lib/detect/concept/scale-unit'
import { type ShareUnit, startShareUnit, watchShare } from '@/lib/detect/concept/share-unit'
import { type Surprise, startSurprise, surpriseAt } from '@/lib/detect/concept/surprise'
import type { Tree } from '@/lib/detect/concept/tree'
import {
  type Crossing,
  completeBaseline,
  type NumericUnit,
  startNumericUnit,
  watchValue,
} from '@/lib/detect/drift/numeric/unit'
import type { Frame } from '@/lib/detect/frame'
import { binOfValue, quantileOf } from '@/lib/stats/quantile-edges'

/**
 * What is watched of labelled predictions that are numbers.
 *
 * residual  label − prediction, either way.       size  its absolute value, upwards.
 * scale     what of the size is not the model's usual error where the row lies: in the baseline's own shape, all larger, or some, by how much.
 * leaf      bins of the residual in each leaf of a tree on the features: what changes for some rows only.
 * label     the label's own distribution.
 */
export interface NumberFamily {
  size: NumericUnit
  residual: NumericUnit
  label: NumericUnit
  scale: ScaleUnit
  surprise: Surprise
  /** Edges of the residual's bins, from the approved baseline. */
  edges: Float64Array
  leaf: { unit: ShareUnit | null; tree: Tree | null; armedAt: number; wait: { from: number; come: number } | null }
}

export type NumberUnitName = 'size' | 'residual' | 'label' | 'scale' | 'leaf'
export const numberShares: Record<NumberUnitName, number> = {
  size: 0.35,
  residual: 0.2,
  label: 0.1,
  scale: 0.2,
  leaf: 0.15,
}

const ringRows = 20_000
const fewestLeafRows = 600
const mostTreeRows = 6000
const residualBins = 6

export function startNumberFamily(open: OpenPredictions, book: FeatureBytes | null, frame: Frame): NumberFamily {
  const rows = labelledRows(open, open.capacity).reverse()
  const residuals = rows.map((n) => residualAt(open, n % open.capacity)).filter(Number.isFinite)
  const arm = (side: 'up' | 'both', valueAt: (place: number) => number) => {
    const unit = startNumericUnit(ringRows, side)
    for (const n of rows) {
      const place = n % open.capacity
      const value = valueAt(place)
      if (Number.isFinite(value))
        watchValue(unit, 0, value, 0, 0.5, open.stratum[place] as number, open.timeMs[place] as number)
    }
    completeBaseline(unit, open.judged, 50, Math.max(frame.cells, 1))
    return unit
  }
  const sorted = Float64Array.from(residuals).sort()
  const edges = new Set<number>()
  for (let i = 1; i < residualBins; i++) edges.add(quantileOf(sorted, i / residualBins))
  const family: NumberFamily = {
    size: arm('up', (place) => Math.abs(residualAt(open, place))),
    residual: arm('both', (place) => residualAt(open, place)),
    label: arm('both', (place) => open.labelValue[place] as number),
    scale: startScale(),
    surprise: startSurprise(open, book, rows),
    edges: Float64Array.from(edges).filter(Number.isFinite),
    leaf: { unit: null, tree: null, armedAt: 0, wait: null },
  }
  armScale(family.scale, surprisesAt(family, open, rows))
  armLeaf(family, open, book, rows.reverse())
  return family
}

/** What surprises about rows, in the order given; those without a residual are left out. */
export const surprisesAt = (family: NumberFamily, open: OpenPredictions, rows: readonly number[]): number[] =>
  rows.map((n) => surpriseAt(family.surprise, open, n)).filter(Number.isFinite)

const binAt = (family: NumberFamily, open: OpenPredictions, place: number): number =>
  binOfValue(family.edges, residualAt(open, place))

/** @param rows newest first. */
export function armLeaf(
  family: NumberFamily,
  open: OpenPredictions,
  book: FeatureBytes | null,
  rows: readonly number[],
): boolean {
  if (!book || rows.length < fewestLeafRows || family.edges.length < 2) return false
  const { tree, rest } = partition(open, book, rows.slice(0, mostTreeRows), 1, (place, into, at) => {
    into[at] = open.labelValue[place] as number
  })
  const codes = family.edges.length + 1
  const counts = new Float64Array(tree.leaves * codes)
  for (const n of rest) {
    const place = n % open.capacity
    const at = leafAt(tree, open, place) * codes + binAt(family, open, place)
    counts[at] = (counts[at] as number) + 1
  }
  family.leaf = {
    unit: startShareUnit('each', codes, counts, 1, Uint16Array.from(tree.part.subarray(0, tree.leaves))),
    tree,
    armedAt: open.judged,
    wait: null,
  }
  return true
}

export const leafStratum = (family: NumberFamily, open: OpenPredictions, place: number): number =>
  family.leaf.tree && open.stratum[place] !== unfamiliar ? leafAt(family.leaf.tree, open, place) : -1
export const leafCode = binAt

export interface NumberCrossing {
  readonly name: NumberUnitName
  readonly crossing: Crossing | null
  readonly total: number
}

/** Takes a labelled row. @returns the units whose evidence has passed, in the order that they are judged. */
export function watchNumbers(
  family: NumberFamily,
  open: OpenPredictions,
  place: number,
  mass: number,
  uniform: (lane: number) => number,
): NumberCrossing[] {
  const residual = residualAt(open, place)
  if (!Number.isFinite(residual) || open.stratum[place] === unfamiliar) return []
  const row = open.judged - 1
  const out: NumberCrossing[] = []
  const watch = (name: 'size' | 'residual' | 'label', value: number, lane: number) => {
    const crossing = watchValue(
      family[name],
      row,
      value,
      mass * numberShares[name],
      uniform(lane),
      open.stratum[place],
      open.timeMs[place],
    )
    if (crossing) out.push({ name, crossing, total: 1 })
  }
  watch('size', Math.abs(residual), 0)
  watch('residual', residual, 1)
  watch('label', open.labelValue[place] as number, 2)
  const surprise = surpriseAt(family.surprise, open, numberAt(open, place))
  const scale = watchScale(family.scale, surprise, mass * numberShares.scale)
  if (scale >= 1) out.push({ name: 'scale', crossing: null, total: scale })
  const stratum = leafStratum(family, open, place)
  if (family.leaf.unit && stratum >= 0) {
    const total = watchShare(
      family.leaf.unit,
      stratum,
      binAt(family, open, place),
      mass * numberShares.leaf,
      uniform(3),
    )
    if (total >= 1) out.push({ name: 'leaf', crossing: null, total })
  }
  return out
}
