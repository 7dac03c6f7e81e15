import type { Alarm } from '@/lib/detect/detector'
import type { CategoryColumn } from '@/lib/detect/drift/category/columns'

/**
 * The column with which this one was swapped: the latest values that either did not know are the other's. Null where there is none. Columns that share
 * their values are not told apart.
 */
export function swappedWith(columns: readonly CategoryColumn[], moved: CategoryColumn): CategoryColumn | null {
  return columns.find((other) => other !== moved && cameFrom(moved, other) && cameFrom(other, moved)) ?? null
}

/** Latest values that are looked at, and how few of them will do. */
const latest = 3
const fewest = 2

function cameFrom({ strange }: CategoryColumn, { book }: CategoryColumn): boolean {
  const values = strange.slice(-latest)
  return values.length >= fewest && values.every((value) => book.names.includes(value))
}

/** The alarm of one of them, as one of both. */
export function swapAlarm(alarm: Alarm, moved: CategoryColumn, other: CategoryColumn): Alarm {
  const features = [moved.name, other.name]
  return {
    ...alarm,
    kind: 'quality.swap',
    unit: `features=${[...features].sort().join(',')}`,
    subject: { features },
    severity: 'critical',
    verdict: 'pipeline-bug',
    why: `${features[0]} has values of ${features[1]}, and ${features[1]} those of ${features[0]}`,
    test: 'The latest values that either column did not know are known in the other; two columns that got new values independently would not get those of each other.',
  }
}
