import { width } from '@/lib/learn/influence/compact'
import { expandRow, predict } from '@/lib/learn/influence/expand'
import { weightsOf } from '@/lib/learn/influence/fit'
import { addMoments, addRow, startMoments, triangle } from '@/lib/learn/influence/moments'

/** Honest retraining, to hold the one step against: weights of softmax regression on these columns, Newton steps until they no longer move. */
export function retrain(
  rows: readonly { x: Float64Array; y: number }[],
  classes: number,
  outputs: number,
): Float64Array {
  const f = new Float64Array(64)
  const p = new Float64Array(64)
  const t = new Float64Array(64)
  const scaled = new Float64Array(width)
  let weights: Float64Array = new Float64Array(width * outputs)
  for (let pass = 0; pass < 30; pass++) {
    const moments = startMoments(outputs)
    for (const { x, y } of rows) {
      predict(weights, outputs, classes, x, 0, f, p)
      const root = expandRow(f, p, classes, y, t)
      for (let c = 0; c < width; c++) scaled[c] = root * (x[c] as number)
      addRow(moments, scaled, t, outputs)
    }
    const sums = { rows: 0, a: new Float64Array(triangle), b: new Float64Array(width * outputs) }
    addMoments(sums, moments)
    const next = weightsOf(sums, outputs)
    if (!next) break
    const moved = next.reduce((most, w, i) => Math.max(most, Math.abs(w - (weights[i] as number))), 0)
    weights = next
    if (moved < 1e-3) break
  }
  return weights
}
