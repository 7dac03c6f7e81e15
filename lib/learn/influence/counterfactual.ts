import type { Subject } from '@/lib/alert/finding'
import type { Label } from '@/lib/event/types'
import { normalQuantile } from '@/lib/stats/normal'
import { width } from './compact'
import { predict } from './expand'
import type { Influence } from './influence'
import type { Panel } from './panel'
import { type Removed, without } from './without'

/** What the model would be without some rows, on rows that measure it. */
export interface Counterfactual {
  readonly metric: 'recall' | 'accuracy'
  /** Of recall. */
  readonly class?: Label
  /** Where it moved most: `key=value` of the golden rows' segment. */
  readonly slice?: string
  readonly with: number
  readonly without: number
  /** 95 % interval of `without` over the choice of the rows that measure (Wilson 1927). */
  readonly ci: readonly [number, number]
  /** `without` − `with`, with its paired interval, wider for the choice among several figures (McNemar, Bonferroni). */
  readonly gain: { readonly value: number; readonly ci: readonly [number, number] }
  /** Rows that measure: golden ones; where there are none, a sample of training rows of the others. */
  readonly n: number
  readonly golden: boolean
  /** Rows taken out, and their share of all. */
  readonly removed: number
  readonly share: number
  /** Mean log loss with and without them. */
  readonly loss: readonly [number, number]
}

interface Count {
  metric: 'recall' | 'accuracy'
  class?: Label
  slice?: string
  n: number
  with: number
  without: number
  /** Right with the rows alone, and without them alone. */
  lost: number
  won: number
}

/** Fewer rows measure nothing. */
const leastRows = 10
const f = new Float64Array(64)
const p = new Float64Array(64)

/**
 * The figure that moves most when these rows go: golden accuracy, the recall of a class, or the accuracy of a slice.
 * @returns null where none of the rows are known, or nothing measures. Milliseconds; changes nothing.
 */
export function counterfactualOf(
  influence: Influence,
  who: Removed,
  names: readonly Label[],
  segment?: Subject['segment'],
): Counterfactual | null {
  const both = without(influence, who)
  if (!both) return null
  const golden = influence.golden.size > 0
  const panel = golden ? influence.golden : influence.others
  const { counts, loss, n } = measure(influence, panel, both, names)
  if (n < leastRows) return null
  const slices = segment && Object.entries(segment).map(([key, value]) => `${key}=${String(value)}`)
  const inPlace = slices && counts.filter((count) => count.slice !== undefined && slices.includes(count.slice))
  const from = inPlace && inPlace.length > 0 ? inPlace : counts
  const strength = ({ won, lost }: Count) => Math.abs(won - lost) / Math.sqrt(Math.max(1, won + lost))
  const chosen = from.reduce((best, count) => (strength(count) > strength(best) ? count : best))
  return {
    metric: chosen.metric,
    ...(chosen.class === undefined ? {} : { class: chosen.class }),
    ...(chosen.slice === undefined ? {} : { slice: chosen.slice }),
    with: rounded(chosen.with / chosen.n),
    without: rounded(chosen.without / chosen.n),
    ci: wilson(chosen.without, chosen.n),
    gain: paired(chosen, from.length),
    n: chosen.n,
    golden,
    removed: both.removed,
    share: rounded(both.removed / both.rows),
    loss: [rounded(loss[0] / n), rounded(loss[1] / n)],
  }
}

/** All figures that could move: accuracy first, recall by class, accuracy by slice. */
export function measure(
  { outputs }: Influence,
  panel: Panel,
  both: { with: Float64Array; without: Float64Array; origins: ReadonlySet<number> },
  names: readonly Label[],
): { counts: Count[]; loss: [number, number]; n: number } {
  const classes = names.length
  const start = (of: Pick<Count, 'metric' | 'class' | 'slice'>): Count => ({
    ...of,
    n: 0,
    with: 0,
    without: 0,
    lost: 0,
    won: 0,
  })
  const all = start({ metric: 'accuracy' })
  const byClass = names.map((name) => start({ metric: 'recall', class: name }))
  const bySlice = new Map<string, Count>()
  const loss: [number, number] = [0, 0]
  for (let i = 0; i < panel.size; i++) {
    if (both.origins.has(panel.origin[i] as number)) continue
    const y = panel.y[i] as number
    const before = favourite(both.with, outputs, classes, panel, i)
    loss[0] -= Math.log(Math.max(1e-6, p[y] as number))
    const after = favourite(both.without, outputs, classes, panel, i)
    loss[1] -= Math.log(Math.max(1e-6, p[y] as number))
    const slice = panel.slice[i] as string
    if (slice !== '' && !bySlice.has(slice)) bySlice.set(slice, start({ metric: 'accuracy', slice }))
    for (const count of [all, byClass[y], bySlice.get(slice)]) {
      if (!count) continue
      count.n++
      if (before === y) count.with++
      if (after === y) count.without++
      if (before === y && after !== y) count.lost++
      if (before !== y && after === y) count.won++
    }
  }
  const counts = [all, ...byClass, ...bySlice.values()].filter((count, i) => i === 0 || count.n >= leastRows)
  return { counts, loss, n: all.n }
}

function favourite(weights: Float64Array, outputs: number, classes: number, panel: Panel, row: number): number {
  predict(weights, outputs, classes, panel.x, row * width, f, p)
  let best = 0
  for (let k = 1; k < classes; k++) if ((p[k] as number) > (p[best] as number)) best = k
  return best
}

const z95 = 1.959963985
const rounded = (value: number) => Number(value.toFixed(4))

function wilson(hits: number, n: number): readonly [number, number] {
  const share = hits / n
  const middle = (share + z95 ** 2 / (2 * n)) / (1 + z95 ** 2 / n)
  const half = (z95 / (1 + z95 ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + z95 ** 2 / (4 * n * n))
  return [rounded(Math.max(0, middle - half)), rounded(Math.min(1, middle + half))]
}

function paired({ n, won, lost }: Count, figures: number): Counterfactual['gain'] {
  const value = (won - lost) / n
  const z = -normalQuantile(0.025 / figures)
  // One row more on each side: without a single row that changed, the interval is not empty.
  const half = (z * Math.sqrt(Math.max(0, won + lost + 2 - (won - lost) ** 2 / n))) / n
  return { value: rounded(value), ci: [rounded(Math.max(-1, value - half)), rounded(Math.min(1, value + half))] }
}
