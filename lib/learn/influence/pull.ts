import { width } from './compact'
import { predict } from './expand'
import { type Panel, panelRow } from './panel'
import { solve } from './solve'

/** Where the loss on the panel pulls: V = (A + λI)⁻¹ G, G its gradient. A row that is learned moves the loss by Σ_k (x·V_k)([y = k] − p_k), first order. */
export interface Pull {
  v: Float64Array
}

const f = new Float64Array(64)
const p = new Float64Array(64)

/** @param l factor of the sums that `weights` come from. @param only panel rows of this class, or of this slice; all where absent. */
export function startPull(
  panel: Panel,
  weights: Float64Array,
  outputs: number,
  classes: number,
  l: Float64Array,
  only: { readonly y?: number; readonly slice?: string } = {},
): Pull | null {
  const v = new Float64Array(width * outputs)
  let rows = 0
  for (let i = 0; i < panel.size; i++) {
    const y = panel.y[i] as number
    if (only.y !== undefined && y !== only.y) continue
    if (only.slice !== undefined && panel.slice[i] !== only.slice) continue
    rows++
    const x = panelRow(panel, i)
    predict(weights, outputs, classes, x, 0, f, p)
    p[y] = (p[y] as number) - 1
    addOuter(v, x, p, outputs, classes)
  }
  if (rows === 0) return null
  // The gradient of the mean loss with regard to f_k is p_k − [y = k].
  for (let i = 0; i < v.length; i++) v[i] = (v[i] as number) / rows
  solve(l, v, outputs)
  return { v }
}

/** Adds x·eᵀ to the sums `v`, `outputs` numbers a column. */
export function addOuter(v: Float64Array, x: Float64Array, e: Float64Array, outputs: number, classes: number): void {
  if (classes === 2 && outputs === 2) {
    const e0 = e[0] as number
    const e1 = e[1] as number
    for (let c = 0; c < width; c++) {
      const xc = x[c] as number
      v[2 * c] = (v[2 * c] as number) + xc * e0
      v[2 * c + 1] = (v[2 * c + 1] as number) + xc * e1
    }
    return
  }
  for (let c = 0; c < width; c++) {
    const xc = x[c] as number
    if (xc === 0) continue
    const at = c * outputs
    for (let k = 0; k < classes; k++) v[at + k] = (v[at + k] as number) + xc * (e[k] as number)
  }
}

/**
 * What one row does to the loss, first order. `moved`: with the label that it has, above 0 it hurts; `most`: with the worst label that it could have.
 * @param p chances of the row's classes by the weights. The object is reused from call to call.
 */
export function pullOf(
  { v }: Pull,
  outputs: number,
  classes: number,
  x: Float64Array,
  p: Float64Array,
  y: number,
): { readonly moved: number; readonly most: number } {
  for (let k = 0; k < classes; k++) f[k] = 0
  for (let c = 0; c < width; c++) {
    const xc = x[c] as number
    if (xc === 0) continue
    const at = c * outputs
    for (let k = 0; k < classes; k++) f[k] = (f[k] as number) + xc * (v[at + k] as number)
  }
  let mean = 0
  let most = -1e300
  for (let k = 0; k < classes; k++) {
    mean += (p[k] as number) * (f[k] as number)
    if ((f[k] as number) > most) most = f[k] as number
  }
  pulled.moved = (f[y] as number) - mean
  pulled.most = Math.max(0, most - mean)
  return pulled
}

const pulled = { moved: 0, most: 0 }
