import type { Tx } from '@/db/tx'

/** Alerts looked at, newest first. */
const mostAlerts = 200

/** Who is named by an alert of poisoning that is not closed, with its id: also those who are named together with others. */
export async function accusedBy(tx: Tx, model: string): Promise<ReadonlyMap<string, string>> {
  const alerts = await tx.alerts.page({ model, kinds: ['poison'], models: null }, mostAlerts, null)
  const accused = new Map<string, string>()
  for (const { id, state, subject } of alerts) {
    if (state === 'resolved') continue
    for (const origin of subject.origins ?? (subject.origin === undefined ? [] : [subject.origin]))
      if (!accused.has(origin)) accused.set(origin, id)
  }
  return accused
}
