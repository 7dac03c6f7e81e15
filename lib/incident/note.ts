import { z } from 'zod'
import { audit } from '@/lib/access/audit'
import type { Context } from '@/lib/access/context'
import type { IncidentDetail } from '@/lib/view/incident'
import { findIncident, incidentInput, readIncident } from './read'

export const noteInput = incidentInput.extend({ text: z.string().trim().min(1).max(10_000) })

/** Writes a note into an incident's timeline. Notes stay: the timeline is only ever added to. */
export async function noteIncident(ctx: Context, input: z.input<typeof noteInput>): Promise<IncidentDetail> {
  await ctx.allow('incident.note')
  const { id, text } = noteInput.parse(input)
  await ctx.tx(async (tx) => {
    const incident = await findIncident(tx, id)
    await ctx.allow('incident.note', incident.model)
    await tx.timeline.add({ incidentId: id, at: ctx.now, kind: 'note', actor: ctx.actor.name, body: { text } })
    await audit(tx, ctx, 'incident.note', `incident/${id}`, { after: { text } })
    await tx.notify.changed(incident.model, ['incidents'])
  })
  return readIncident(ctx, { id })
}
