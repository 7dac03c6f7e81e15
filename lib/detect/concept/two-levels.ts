import type { Walk } from '@/lib/detect/concept/share-onset'

const rowsBack = 3000

/**
 * Where the error of a model that goes on learning rose: the best split of the latest 3,000 labelled rows into two levels, both free, the second
 * higher. A learner's error wanders, so the approved level says little about where a rise began. Source: recipes/drift.md §4.
 *
 * @returns the place in the walk, newest row first.
 */
export function riseOf(walk: Walk): number {
  const n = Math.min(walk.n, rowsBack)
  let errors = 0
  for (let i = 0; i < n; i++) errors += walk.codes[i] as number
  let best = Number.NEGATIVE_INFINITY
  let at = n - 1
  let wrong = 0
  for (let i = 0; i < n - 1; i++) {
    wrong += walk.codes[i] as number
    const after = i + 1
    const before = n - after
    if (wrong / after <= (errors - wrong) / before) continue
    const nats = explained(after, wrong) + explained(before, errors - wrong)
    if (nats > best) {
      best = nats
      at = i
    }
  }
  return Math.max(0, at)
}

/** Log-likelihood of `hits` in `n` at their own rate. */
function explained(n: number, hits: number): number {
  const part = (k: number) => (k > 0 ? k * Math.log(k / n) : 0)
  return part(hits) + part(n - hits)
}
