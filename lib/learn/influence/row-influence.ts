import { width } from './compact'
import { expandRow, predict } from './expand'
import { lastFactor, totalOf, weightsOf } from './fit'
import type { Influence } from './influence'
import { type Pull, pullOf, startPull } from './pull'
import { solve } from './solve'

/** What one row does when it is learned, first order, at the weights of now. Above 0 it hurts. */
export interface RowInfluence {
  /** On the mean log loss of all rows that measure. */
  readonly total: number
  /** By class, as the learner numbers them; null where no row measures it. */
  readonly byClass: readonly (number | null)[]
  /** By `key=value` of the segment, and by `probe=id` of canaries. */
  readonly bySlice: Readonly<Record<string, number>>
  /** How far the row's own prediction follows its own label: h = ρ·xᵀPx, near 1 where it stands alone. */
  readonly leverage: number
  /** How much less likely its own label becomes once it is taken out: r²·xᵀPx/(1 − h). */
  readonly self: number
}

/** Looks at rows one after the other, at the learner of now; asks for its sums once. Null while there is none. Changes nothing. */
export function rowInfluences(influence: Influence): ((x: Float64Array, y: number) => RowInfluence) | null {
  const { outputs, classes, golden, others, compact } = influence
  const weights = compact && weightsOf(totalOf(influence), outputs)
  if (!weights) return null
  const l = lastFactor.slice()
  const panel = golden.size > 0 ? golden : others
  const pull = (only?: { y?: number; slice?: string }) => startPull(panel, weights, outputs, classes, l, only)
  const all = pull()
  if (!all) return null
  const byClass = Array.from({ length: classes }, (_, y) => pull({ y }))
  const slices = [...new Set(panel.slice.slice(0, panel.size))].filter((slice) => slice !== '')
  const bySlice = slices.flatMap((slice) => {
    const of = pull({ slice })
    return of ? [[slice, of] as const] : []
  })
  const f = new Float64Array(64)
  const p = new Float64Array(64)
  const t = new Float64Array(64)
  return (x, y) => {
    predict(weights, outputs, classes, x, 0, f, p)
    const moved = (of: Pull) => pullOf(of, outputs, classes, x, p, y).moved
    const rho = expandRow(f, p, classes, y, t) ** 2
    const px = x.slice(0, width)
    solve(l, px, 1)
    let xpx = 0
    for (let c = 0; c < width; c++) xpx += (x[c] as number) * (px[c] as number)
    const leverage = Math.min(1, rho * xpx)
    const residual = 1 - (p[y] as number)
    return {
      total: moved(all),
      byClass: byClass.map((of) => of && moved(of)),
      bySlice: Object.fromEntries(bySlice.map(([slice, of]) => [slice, moved(of)])),
      leverage,
      self: (residual ** 2 * xpx) / Math.max(1e-3, 1 - leverage),
    }
  }
}
