import type { OpenPredictions } from '@/lib/detect/concept/open-predictions'

/**
 * What a model's residual usually is where a row lies: a fixed regressor is wrong in its own way, and what it always gets wrong is no news. With that
 * taken off, the same change stands out of less noise.
 *
 * Model   boosted trees of depth 3 on the bytes of the features (lib/detect/concept/feature-bytes), squared loss, shrinkage .15.
 * Honest  two models, each of one half of the baseline's time; a baseline row is judged by the other half's, a later row by the one of its parity, so that both
 *         are residuals of rows that the model did not see, and autocorrelated ones are not learned by heart.
 * Source  Friedman 2001, Greedy function approximation; cross-fitting: Chernozhukov et al. 2018.
 */
export interface ResidualModel {
  /** Of tree t: seven inner nodes of a heap from t·7, column −1 where all go left, and eight leaves from t·8. */
  column: Int16Array
  cut: Uint8Array
  value: Float64Array
}

const trees = 60
const inner = 7
const leaves = 8
const bytes = 32
const rate = 0.15
const leastRows = 20
/** Rows of prior in a leaf. */
const prior = 5
/** Segment and hour are not read: the baseline may not have seen them all. */
export const extraBytes = 2

/** @param rows numbers of the predictions to learn from. @param y their residuals. */
export function fitResiduals(open: OpenPredictions, rows: readonly number[], y: Float64Array): ResidualModel {
  const n = rows.length
  const width = open.width - extraBytes
  const model = {
    column: new Int16Array(trees * inner).fill(-1),
    cut: new Uint8Array(trees * inner),
    value: new Float64Array(trees * leaves),
  }
  const at = Int32Array.from(rows, (row) => (row % open.capacity) * open.width)
  const left = Float64Array.from(y)
  const node = new Uint8Array(n)
  for (let tree = 0; tree < trees; tree++) {
    node.fill(0)
    for (let level = 0, first = 0; level < 3; first = 2 * first + 1, level++) {
      splitLevel(model, tree * inner, first, 2 ** level, { features: open.features, at, left, node, width })
      for (let i = 0; i < n; i++) {
        const here = tree * inner + (node[i] as number)
        const column = model.column[here] as number
        const right = column >= 0 && (open.features[(at[i] as number) + column] as number) > (model.cut[here] as number)
        node[i] = 2 * (node[i] as number) + (right ? 2 : 1)
      }
    }
    const sum = new Float64Array(leaves)
    const count = new Float64Array(leaves).fill(prior)
    for (let i = 0; i < n; i++) {
      const leaf = (node[i] as number) - inner
      sum[leaf] = (sum[leaf] as number) + (left[i] as number)
      count[leaf] = (count[leaf] as number) + 1
    }
    for (let leaf = 0; leaf < leaves; leaf++)
      model.value[tree * leaves + leaf] = (rate * (sum[leaf] as number)) / (count[leaf] as number)
    for (let i = 0; i < n; i++)
      left[i] = (left[i] as number) - (model.value[tree * leaves + (node[i] as number) - inner] as number)
  }
  return model
}

interface Members {
  readonly features: Uint8Array
  readonly at: Int32Array
  readonly left: Float64Array
  readonly node: Uint8Array
  readonly width: number
}

/** The best cut of each of `nodes` nodes of a heap from `first` on, by the squares that it explains. */
function splitLevel(model: ResidualModel, from: number, first: number, nodes: number, rows: Members): void {
  const { features, at, left, node, width } = rows
  const best = new Float64Array(nodes)
  const size = nodes * bytes
  const sum = new Float64Array(size)
  const count = new Float64Array(size)
  for (let column = 0; column < width; column++) {
    sum.fill(0)
    count.fill(0)
    for (let i = 0; i < at.length; i++) {
      const cell = ((node[i] as number) - first) * bytes + ((features[(at[i] as number) + column] as number) & 31)
      sum[cell] = (sum[cell] as number) + (left[i] as number)
      count[cell] = (count[cell] as number) + 1
    }
    for (let k = 0; k < nodes; k++) {
      let all = 0
      let rowsHere = 0
      for (let byte = 0; byte < bytes; byte++) {
        all += sum[k * bytes + byte] as number
        rowsHere += count[k * bytes + byte] as number
      }
      const whole = (all * all) / (rowsHere + prior)
      let low = 0
      let below = 0
      for (let byte = 0; byte < bytes - 1; byte++) {
        low += sum[k * bytes + byte] as number
        below += count[k * bytes + byte] as number
        if (below < leastRows || rowsHere - below < leastRows) continue
        const gain = (low * low) / (below + prior) + (all - low) ** 2 / (rowsHere - below + prior) - whole
        if (gain <= (best[k] as number)) continue
        best[k] = gain
        model.column[from + first + k] = column
        model.cut[from + first + k] = byte
      }
    }
  }
}

/** The residual that is usual for a row. @param at where its bytes begin. */
export function usualResidual({ column, cut, value }: ResidualModel, features: Uint8Array, at: number): number {
  let sum = 0
  for (let tree = 0; tree < trees; tree++) {
    const from = tree * inner
    let node = 0
    for (let level = 0; level < 3; level++) {
      const c = column[from + node] as number
      node = 2 * node + (c >= 0 && (features[at + c] as number) > (cut[from + node] as number) ? 2 : 1)
    }
    sum += value[tree * leaves + node - inner] as number
  }
  return sum
}
