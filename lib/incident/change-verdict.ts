import type { Tx } from '@/db/tx'
import type { VerdictChange } from '@/lib/alert/finding'
import { fittingPlaybook } from '@/lib/playbook/shipped'
import { startPlaybook } from '@/lib/playbook/start'
import { worseVerdict } from './join'
import type { RaisedAt } from './raise'

/**
 * What came later changed a verdict: the alert and its incident say so, and the playbook that fits now adds its tasks. In the caller's transaction; the
 * same change again, as after a restart, changes nothing.
 * @returns whether it was new.
 */
export async function changeVerdict(tx: Tx, change: VerdictChange, at: RaisedAt): Promise<boolean> {
  const alert = await tx.alerts.byFinding(change.finding)
  if (!alert) throw new Error(`verdict about ${change.finding}: no such finding was raised`)
  const incident = await tx.incidents.lock(alert.incidentId)
  if (!incident) throw new Error(`incident ${alert.incidentId} went away`)
  const mark = { alertId: alert.id, seq: at.seq, to: change.verdict }
  if (await tx.timeline.has(incident.id, 'verdict.changed', mark)) return false

  const playbook = fittingPlaybook({ kind: alert.kind, verdict: change.verdict })
  const verdict = worseVerdict(change.verdict, await worstOfOthers(tx, incident.id, alert.id))
  await tx.alerts.setVerdict(alert.id, change.verdict, change.why, at.now)
  await tx.incidents.update(incident.id, {
    verdict,
    ...(playbook && verdict === change.verdict && verdict !== incident.verdict ? { playbook: playbook.id } : {}),
  })
  await tx.timeline.add({
    incidentId: incident.id,
    at: at.now,
    kind: 'verdict.changed',
    actor: 'assay',
    body: { ...mark, from: alert.verdict, why: change.why },
  })
  if (playbook) await startPlaybook(tx, incident.id, playbook, at.now)
  return true
}

async function worstOfOthers(tx: Tx, incidentId: string, alertId: string) {
  const alerts = await tx.alerts.page({ incidentId, models: null }, 500, null)
  return alerts
    .filter((alert) => alert.id !== alertId)
    .reduce<(typeof alerts)[number]['verdict']>((worst, alert) => worseVerdict(worst, alert.verdict), 'undetermined')
}
