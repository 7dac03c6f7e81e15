import type { Subject } from '@/lib/alert/finding'
import type { Label } from '@/lib/event/types'
import { normalQuantile } from '@/lib/stats/normal'
import type { Influence } from './influence'
import { type Count, leastRows, measure } from './measure'
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
