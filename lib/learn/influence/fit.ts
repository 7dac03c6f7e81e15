import type { GoldenRow } from '@/lib/detect/detector'
import type { Shadow } from '@/lib/learn/shadow'
import { width } from './compact'
import { goldenPanel } from './golden-panel'
import type { Influence } from './influence'
import { addMoments, triangle } from './moments'
import { startPull } from './pull'
import { factor, solve } from './solve'

/** Fitted anew after so many rows, and later after so small a part of all. */
const rowsPerFit = 512
const rowsPerFitPart = 16

const l = new Float64Array(triangle)
/** Of the sums that `weightsOf` was asked about last. */
export const lastFactor: Float64Array = l

/** The sums of everybody, in double precision. */
export function totalOf({ origins, outputs }: Influence): { rows: number; a: Float64Array; b: Float64Array } {
  const total = { rows: 0, a: new Float64Array(triangle), b: new Float64Array(width * outputs) }
  addMoments(total, origins.rest)
  for (const { moments } of origins.byId.values()) addMoments(total, moments)
  return total
}

/** Weights that these sums decide; null when they decide none. */
export function weightsOf(sums: { a: Float64Array; b: Float64Array }, outputs: number): Float64Array | null {
  if (!factor(sums.a, l)) return null
  const w = Float64Array.from(sums.b)
  solve(l, w, outputs)
  return w
}

export function refit(influence: Influence, classes: number): void {
  const { outputs, golden, others } = influence
  influence.nextFit = influence.rows + Math.max(rowsPerFit, Math.floor(influence.rows / rowsPerFitPart))
  const total = totalOf(influence)
  const weights = weightsOf(total, outputs)
  if (!weights) return
  influence.weights = weights
  influence.pull = startPull(golden.size > 0 ? golden : others, weights, outputs, classes, l)
}

/** Another golden set counts from now on. */
export function measureOn(influence: Influence, shadow: Shadow, golden: readonly GoldenRow[]): void {
  if (!influence.compact) return
  influence.golden = goldenPanel(influence.compact, shadow, golden)
  refit(influence, shadow.classes.names.length)
}
