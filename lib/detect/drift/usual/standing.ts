import type { UnitStanding } from '@/lib/detect/detector'
import type { UsualColumn } from '@/lib/detect/drift/usual/column'
import { blockRows, type Changes, changeAt, keptChanges, scales } from '@/lib/detect/drift/usual/usual-change'
import { worstFirst } from '@/lib/evidence/report'
import { quantileOf } from '@/lib/stats/quantile-edges'

/** How a feature that is never at rest changes, and usually does: in baseline standard deviations, beyond what the other features say. */
export interface UsualChange {
  /** The mean of so many rows against up to four times as many before them. */
  readonly rows: number
  /** The latest change. */
  readonly change: number
  /** The middle nine tenths of the latest changes before it, the greatest ever (either way), and how many there were. */
  readonly low: number
  readonly high: number
  readonly record: number
  readonly changes: number
}

/** Of the scales this one is shown: long enough to be calm, and known soon after the baseline. 64 rows. */
const shown = 2
const fewestChanges = 8

/** Features that wander, as screens see them. Evidence is of the scale that is nearest to an alarm. */
export function usualStanding(columns: readonly UsualColumn[], limit: number): UnitStanding[] {
  const units = columns
    .filter((column) => column.wanders)
    .map(({ name, changes }): UnitStanding => {
      const usual = usualOf(changes)
      const worst = worstScale(changes)
      return {
        kind: 'drift.feature',
        unit: `relation of ${name}`,
        subject: { feature: name },
        logE: changes.logE[worst] as number,
        threshold: changes.threshold[worst] as number,
        effect: usual?.change ?? 0,
        n: changes.blocks * blockRows,
        ...(usual ? { usual } : {}),
      }
    })
  return worstFirst(units, limit)
}

function worstScale({ logE, threshold }: Changes): number {
  const past = (s: number) => ((threshold[s] as number) > 0 ? (logE[s] as number) - (threshold[s] as number) : -1e9)
  return scales.reduce((worst, _, s) => (past(s) > past(worst) ? s : worst), 0)
}

function usualOf(changes: Changes): UsualChange | null {
  const latest = changeAt(changes, shown)
  const past = changes.past.slice(shown * keptChanges, (shown + 1) * keptChanges).filter((size) => !Number.isNaN(size))
  if (!latest || past.length < fewestChanges) return null
  const sorted = Float64Array.from(past).sort()
  return {
    rows: (scales[shown] as number) * blockRows,
    change: latest.after - latest.before,
    low: quantileOf(sorted, 0.05),
    high: quantileOf(sorted, 0.95),
    record: changes.record[shown] as number,
    changes: changes.seen[shown] as number,
  }
}
