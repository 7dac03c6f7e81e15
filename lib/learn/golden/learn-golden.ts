import type { GoldenRow } from '@/lib/detect/detector'
import { classIndex } from '@/lib/learn/judge/classes'
import { judge } from '@/lib/learn/judge/judge'
import { learn } from '@/lib/learn/learn'
import { goldenOrigin, type Shadow } from '@/lib/learn/shadow'

/** Learns a golden set that came while the learner was at work, each row once. Between two events. */
export function learnGoldenRows(shadow: Shadow, golden: readonly GoldenRow[]): void {
  for (const row of golden) {
    if (row.label === undefined) continue
    const y = classIndex(shadow.classes, row.label)
    if (y < 0) continue
    judge(shadow, row)
    learn(shadow, row, y, goldenOrigin)
  }
}
