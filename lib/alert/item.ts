import type { AlertRow } from '@/db/queries/alerts'
import type { AlertItem } from '@/lib/view/alert'

/** An alert as lists show it. */
export const toAlertItem = (row: AlertRow): AlertItem => ({
  id: row.id,
  fingerprint: row.fingerprint,
  kind: row.kind,
  model: row.model,
  state: row.state,
  severity: row.severity,
  onsetAt: row.onsetAt.toISOString(),
  firedAt: row.firedAt.toISOString(),
  createdAt: row.createdAt.toISOString(),
  subject: row.subject,
  evidence: { logE: row.logE, threshold: row.threshold, effect: row.effect, effectUnit: row.effectUnit, n: row.n },
  verdict: row.verdict,
  why: row.why,
  incidentId: row.incidentId,
  incidentNumber: row.incidentNumber,
  owner: row.owner,
})
