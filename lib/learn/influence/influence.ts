import { type Compact, width } from './compact'
import { type Doubted, startDoubted } from './doubted'
import { type Holders, startHolders } from './holders'
import { flushRows } from './moments'
import { type Panel, startPanel } from './panel'
import type { Pull } from './pull'
import type { Sums } from './sums'

/**
 * What each source does to the model: a second, compact learner beside the shadow learner, whose sums are kept by source, so that any source can be
 * taken out of it exactly and at once.
 *
 * Learns    every row, also of those who are accused: it stands for the model that is watched. Softmax regression on 64 columns (./compact.ts), each row's
 *           loss expanded once, near the weights at its arrival (./expand.ts).
 * Answers   the learner without a source (./counterfactual.ts): one Newton step; a row's influence, self-influence and leverage (./row-influence.ts).
 * Measured  on golden rows; where there are none, on a sample of training rows that nobody was accused of.
 * Misses    interactions that 64 columns cannot show; regression; what a source did before it was pushed out of the table by bigger ones.
 * Cost      12 µs of CPU a row with 200 inputs and two classes on a busy machine (test/bench/poison/influence-cost.ts); 1.8 MB for 64 sources and 32 labelers.
 * Source    Cook 1977 (deletion); Koh & Liang 2017; reference/poisoning.md §2a of this project.
 */
export interface Influence {
  compact: Compact | null
  /** Room for classes in the sums: a power of two. */
  outputs: number
  classes: number
  /** Judged rows so far. */
  rows: number
  origins: Holders
  labelers: Holders
  /** Rows and influence by batch and by feed, the latest 256 of each. */
  batches: Sums
  feeds: Sums
  weights: Float64Array
  nextFit: number
  golden: Panel
  others: Panel
  pull: Pull | null
  /** Rows whose label was not the favourite, the latest 2,048: what an alarm about rows takes out. */
  doubted: Doubted
}

/** Fewer rows make no columns. */
export const leastRows = 200

export const startInfluence = (): Influence => ({
  compact: null,
  outputs: 2,
  classes: 2,
  rows: 0,
  origins: startHolders(2),
  labelers: startHolders(2),
  batches: new Map(),
  feeds: new Map(),
  weights: new Float64Array(width * 2),
  nextFit: 0,
  golden: startPanel(),
  others: startPanel(),
  pull: null,
  doubted: startDoubted(),
})

/** Makes room for classes; sums of those met so far stay. */
export function growOutputs(influence: Influence, classes: number): void {
  influence.classes = classes
  if (classes <= influence.outputs) return
  const before = influence.outputs
  let outputs = before
  while (outputs < classes) outputs *= 2
  influence.outputs = outputs
  const wide = <A extends Float32Array | Float64Array>(from: A, to: A): A => {
    for (let c = 0; c < width; c++)
      for (let k = 0; k < before; k++) to[c * outputs + k] = from[c * before + k] as number
    return to
  }
  for (const { byId, rest } of [influence.origins, influence.labelers])
    for (const moments of [rest, ...[...byId.values()].map((holder) => holder.moments)]) {
      flushRows(moments)
      moments.b = wide(moments.b, new Float32Array(width * outputs))
    }
  influence.weights = wide(influence.weights, new Float64Array(width * outputs))
  influence.pull = null
}
