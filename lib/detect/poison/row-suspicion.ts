import type { Judgement } from '@/lib/learn/calibrate'
import { suspicionOf, type Unit } from './unit'

/** Suspicion of a row at its arrival: how unlikely its label is, and more so where its source is under suspicion and the label goes its way. */
export function suspicionOfRow(judged: Judgement, y: number, origin: Unit | null, labeler: Unit | null): number {
  const unlikely = 1 - (judged.p[y] as number)
  let company = 0
  for (const unit of [origin, labeler]) {
    if (!unit) continue
    if (unit.accused) company = Math.max(company, unit.pushes < 0 || unit.pushes === y ? 1 : 0)
    else if (y !== judged.favourite) company = Math.max(company, Math.min(1, suspicionOf(unit) / 12))
  }
  return 0.5 * unlikely + 0.5 * company * (unlikely > 0.02 ? 1 : 0.5)
}
