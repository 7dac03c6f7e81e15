import { FeatureColumns } from './columns'
import type { CountingSet } from './counting'

/** Windows whose rows may wait at a time: a model's predictions and training rows, of more than one version or hour. */
const waiting = Array.from({ length: 8 }, () => new FeatureColumns())
let next = 0

/** Where rows for these sketches wait; what waits for others is counted to make room. */
export function columnsFor(sketches: CountingSet): FeatureColumns {
  for (const columns of waiting) if (columns.sketches === sketches) return columns
  next = (next + 1) % waiting.length
  return waiting[next] as FeatureColumns
}

/** Counts all that waits. */
export function countWaiting(): void {
  for (const columns of waiting) columns.count()
}
