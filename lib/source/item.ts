import type { SourceAuditRow, SourceStandingRow } from '@/db/queries/sources'
import type { SourceRow } from '@/lib/view/source'
import { capOf } from './cap'
import { trustOf } from './trust'

/** A source as lists show it. @param total training rows of all sources. @param audits of it, oldest first. @param isAccused by an alert that is not closed. */
export function toSourceRow(
  row: SourceStandingRow,
  audits: readonly SourceAuditRow[],
  total: number,
  now: Date,
  isAccused = false,
): SourceRow {
  const { trust, audited } = trustOf(
    audits.map(({ at, ok, bad }) => ({ atMs: at.getTime(), ok, bad })),
    now.getTime(),
  )
  return {
    origin: row.origin,
    kind: row.originKind,
    rows: row.rows,
    share: total > 0 ? row.rows / total : 0,
    disagreement: row.rows > 0 ? row.disagreements / row.rows : 0,
    expected: row.rows > 0 ? row.expected / row.rows : 0,
    trust,
    audited,
    influence: row.influence,
    reach: row.reach,
    cap: capOf({ trust, rows: row.rows, total, reach: row.reach }),
    counterfactual: row.counterfactual,
    evidence: { logE: row.logE, threshold: row.threshold },
    state: isAccused ? 'poisoning' : row.state,
    lastSeenAt: row.at.toISOString(),
  }
}
