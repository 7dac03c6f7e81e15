import { noCode } from '@/lib/detect/drift/code-level'
import type { CodeUnit } from '@/lib/detect/drift/code-unit'

const rowsBack = 3000

/**
 * Where the error of a model that goes on learning rose: the best split of the latest 3,000 labelled rows into two levels, both free, the second
 * higher. A learner's error wanders, so the approved level says little about where a rise began. Source: recipes/drift.md §4.
 */
export function errorOnset(unit: CodeUnit, row: number): number {
  const length = unit.came.length
  const from = Math.max(unit.armedRow, row - Math.min(rowsBack, length) + 1)
  let rows = 0
  let errors = 0
  for (let r = from; r <= row; r++) {
    const code = unit.came[r % length] as number
    if (code === noCode) continue
    rows++
    errors += code
  }
  let best = Number.NEGATIVE_INFINITY
  let onset = from
  let before = 0
  let wrong = 0
  for (let r = from; r <= row; r++) {
    const code = unit.came[r % length] as number
    if (code === noCode) continue
    const after = rows - before
    const high = (errors - wrong) / after
    if (before > 0 && high > wrong / before) {
      const nats = explained(before, wrong) + explained(after, errors - wrong)
      if (nats > best) {
        best = nats
        onset = r
      }
    }
    before++
    wrong += code
  }
  return onset
}

/** Log-likelihood of `hits` in `n` at their own rate. */
function explained(n: number, hits: number): number {
  const part = (k: number) => (k > 0 ? k * Math.log(k / n) : 0)
  return part(hits) + part(n - hits)
}
