import { width } from './compact'
import { expandRow, predict } from './expand'
import { type Panel, panelRow } from './panel'
import { addOuter } from './pull'
import { solve } from './solve'

const rounds = 2
/** Rows of the sample that are looked at. */
const mostRows = 192
const f = new Float64Array(64)
const p = new Float64Array(64)
const t = new Float64Array(64)

/**
 * Goes on from one Newton step to where retraining would end. What the step left out of the gradient is Σ x·(Δp − ρΔf), which has no labels in it
 * and is small: a sample of the rows tells it well.
 * @param from weights at which the rows were expanded. @param w those after the step; changed in place. @param l factor of the sums that are left.
 * @param rows those left; the sample stands for them. @param leave numbers of origins that are out.
 */
export function settleOn(
  sample: Panel,
  from: Float64Array,
  w: Float64Array,
  l: Float64Array,
  { outputs, classes, rows, leave }: { outputs: number; classes: number; rows: number; leave: ReadonlySet<number> },
): void {
  const kept: number[] = []
  for (let i = 0; i < sample.size && kept.length < mostRows; i++)
    if (!leave.has(sample.origin[i] as number)) kept.push(i)
  const n = kept.length
  if (n < fewest) return
  const start = w.slice()
  const gradient = new Float64Array(width * outputs)
  // By row of the sample: what Δp − ρΔf takes from the weights of the expansion, p₀ − ρf₀, and ρ.
  const before = new Float64Array(n * classes)
  const rho = new Float64Array(n)
  for (let r = 0; r < n; r++) {
    predict(from, outputs, classes, panelRow(sample, kept[r] as number), 0, f, p)
    rho[r] = expandRow(f, p, classes, 0, t) ** 2
    for (let k = 0; k < classes; k++) before[r * classes + k] = (p[k] as number) - (rho[r] as number) * (f[k] as number)
  }
  for (let round = 0; round < rounds; round++) {
    gradient.fill(0)
    for (let r = 0; r < n; r++) {
      const x = panelRow(sample, kept[r] as number)
      predict(w, outputs, classes, x, 0, f, p)
      for (let k = 0; k < classes; k++)
        t[k] = (p[k] as number) - (rho[r] as number) * (f[k] as number) - (before[r * classes + k] as number)
      addOuter(gradient, x, t, outputs, classes)
    }
    for (let j = 0; j < gradient.length; j++) gradient[j] = ((gradient[j] as number) * rows) / n
    solve(l, gradient, outputs)
    for (let j = 0; j < w.length; j++) w[j] = (start[j] as number) - (gradient[j] as number)
  }
}

const fewest = 100
