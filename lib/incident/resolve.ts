import { z } from 'zod'
import { audit } from '@/lib/access/audit'
import type { Context } from '@/lib/access/context'
import { Conflict } from '@/lib/access/errors'
import type { IncidentDetail } from '@/lib/view/incident'
import { findIncident, incidentInput, readIncident } from './read'

export const resolveIncidentInput = incidentInput.extend({
  note: z.string().trim().min(1).max(10_000).nullish(),
  /** What it turned out to be. It tunes no threshold: feedback can be an attack too. */
  resolution: z.enum(['real', 'false-alarm']).nullish(),
})

/** Closes an incident and the alerts in it. Its tasks stay as they are. A further alert of the same cause opens it again. Safe to repeat. */
export async function resolveIncident(
  ctx: Context,
  input: z.input<typeof resolveIncidentInput>,
): Promise<IncidentDetail> {
  await ctx.allow('incident.resolve')
  const { id, note, resolution = null } = resolveIncidentInput.parse(input)
  await ctx.tx(async (tx) => {
    const incident = await findIncident(tx, id)
    await ctx.allow('incident.resolve', incident.model)
    if (incident.state === 'resolved') return
    if (!(await tx.incidents.updateIf(id, 'open', { state: 'resolved', resolvedAt: ctx.now, resolution }))) {
      throw new Conflict('this incident changed meanwhile', { incident: id })
    }
    const entry = { incidentId: id, at: ctx.now, actor: ctx.actor.name }
    const alerts = await tx.alerts.resolveOf(id, ctx.now)
    for (const alert of alerts)
      await tx.timeline.add({ ...entry, kind: 'alert.resolved', body: { alertId: alert.id, kind: alert.kind } })
    await tx.timeline.add({
      ...entry,
      kind: 'incident.resolved',
      body: { ...(note ? { note } : {}), ...(resolution ? { resolution } : {}) },
    })
    const after = { state: 'resolved', resolution, note: note ?? null, alerts: alerts.map((alert) => alert.id) }
    await audit(tx, ctx, 'incident.resolve', `incident/${id}`, { before: { state: incident.state }, after })
    await tx.notify.changed(incident.model, ['incidents', 'alerts', 'models'])
  })
  return readIncident(ctx, { id })
}
