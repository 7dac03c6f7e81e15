import type { BaselineDecisionRow } from '@/db/queries/baseline-decisions'
import type { AdoptedLevel } from '@/lib/view/alert'

export const toAdopted = (row: BaselineDecisionRow, model: string): AdoptedLevel => ({
  id: row.id,
  model,
  what: row.what,
  alertId: row.alertId,
  subject: row.subject,
  from: row.fromAt.toISOString(),
  to: row.toAt.toISOString(),
  atEvent: row.seq,
  note: row.note,
  decidedBy: row.decidedBy,
  decidedAt: row.decidedAt.toISOString(),
  withdrawnBy: row.withdrawnBy,
  withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
})
