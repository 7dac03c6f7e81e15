import type { Tx } from '@/db/tx'
import type { Finding } from '@/lib/alert/finding'
import { fingerprint } from '@/lib/alert/fingerprint'
import { fittingPlaybook } from '@/lib/playbook/shipped'
import { startPlaybook } from '@/lib/playbook/start'
import { joined } from './join'
import { titleOf } from './title'

export interface RaisedAt {
  /** Sequence number, in its model, of the event at which it was said. */
  readonly seq: number
  readonly modelKey: number
  /** Ingest time. */
  readonly now: Date
}

export const alertIdOf = (findingId: string) => `a-${findingId.replace(/^f-/, '')}`

/**
 * Stores a finding with its alert, opens its incident or joins it, gives the incident the tasks of the fitting playbook, and writes its timeline:
 * all in the caller's transaction. The same finding again changes nothing.
 * @returns whether it was new.
 */
export async function raiseFinding(tx: Tx, finding: Finding, at: RaisedAt): Promise<boolean> {
  if (!(await tx.findings.insert(finding, at))) return false
  const { modelKey, now } = at
  const onsetAt = new Date(finding.onsetAt)
  const firedAt = new Date(finding.firedAt)
  const playbook = fittingPlaybook(finding)
  const incidentId = finding.incident

  const opened = await tx.incidents.open({
    id: incidentId,
    modelKey,
    title: titleOf(finding.kind, finding.subject),
    severity: finding.severity,
    verdict: finding.verdict,
    onsetAt,
    openedAt: now,
    playbook: playbook?.id ?? null,
  })
  if (opened) {
    await tx.timeline.add({
      incidentId,
      at: now,
      eventAt: firedAt,
      kind: 'incident.opened',
      actor: 'assay',
      body: { onsetAt: finding.onsetAt },
    })
  } else {
    await join(tx, finding, { onsetAt, firedAt, now, playbook: playbook?.id ?? null })
  }

  const alertId = alertIdOf(finding.id)
  await tx.alerts.insert({
    id: alertId,
    fingerprint: fingerprint(finding.model, finding.kind, finding.subject),
    findingId: finding.id,
    incidentId,
    modelKey,
    kind: finding.kind,
    severity: finding.severity,
    verdict: finding.verdict,
    subject: finding.subject,
    why: finding.why,
    ...finding.evidence,
    onsetAt,
    firedAt,
    createdAt: now,
    updatedAt: now,
  })
  await tx.timeline.add({
    incidentId,
    at: now,
    eventAt: firedAt,
    kind: 'alert.raised',
    actor: 'assay',
    body: { alertId, kind: finding.kind, severity: finding.severity, verdict: finding.verdict, why: finding.why },
  })
  if (playbook) await startPlaybook(tx, incidentId, playbook, now)
  return true
}

async function join(
  tx: Tx,
  finding: Finding,
  at: { onsetAt: Date; firedAt: Date; now: Date; playbook: string | null },
): Promise<void> {
  const incident = await tx.incidents.lock(finding.incident)
  if (!incident) throw new Error(`incident ${finding.incident} went away`)
  const next = joined(incident, { ...finding, onsetAt: at.onsetAt })
  // The playbook of the worst verdict leads; the others' tasks stay.
  const leads = next.verdict !== incident.verdict || incident.playbook === null
  await tx.incidents.update(incident.id, {
    ...next,
    ...(leads && at.playbook ? { playbook: at.playbook } : {}),
    ...(incident.state === 'resolved' ? { state: 'open' as const, resolvedAt: null, resolution: null } : {}),
  })
  if (incident.state === 'resolved') {
    await tx.timeline.add({
      incidentId: incident.id,
      at: at.now,
      eventAt: at.firedAt,
      kind: 'incident.reopened',
      actor: 'assay',
      body: {},
    })
  }
}
