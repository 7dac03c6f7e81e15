import { z } from 'zod'
import type { Context } from '@/lib/access/context'
import type { IncidentItem } from '@/lib/view/incident'
import type { Page } from '@/lib/view/page'
import { listOf, pageInput, pageOf, readCursor } from '@/lib/view/page'
import { toIncidentItem } from './item'

const states = ['open', 'resolved'] as const
export const incidentListInput = pageInput.extend({
  status: listOf(states, 'status'),
  model: z.string().max(1024).nullish(),
})

/** Incidents, newest first. */
export async function listIncidents(
  ctx: Context,
  input: Partial<z.input<typeof incidentListInput>> = {},
): Promise<Page<IncidentItem>> {
  const { status, model, cursor, limit } = incidentListInput.parse(input)
  await ctx.allow('incident.read', model ?? undefined)
  const after = readCursor(cursor)
  const filter = { ...(status ? { states: status } : {}), ...(model ? { model } : {}), models: ctx.models }
  const rows = await ctx.read((tx) => tx.incidents.page(filter, limit + 1, after))
  return pageOf(rows, limit, toIncidentItem, (row) => ({ at: row.openedAt, id: row.id }))
}
