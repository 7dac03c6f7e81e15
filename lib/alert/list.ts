import { z } from 'zod'
import type { Context } from '@/lib/access/context'
import type { AlertItem } from '@/lib/view/alert'
import type { Page } from '@/lib/view/page'
import { listOf, pageInput, pageOf, readCursor } from '@/lib/view/page'
import { alertKinds } from './finding'
import { toAlertItem } from './item'
import { wakeSnoozed } from './wake'

export const alertStates = ['firing', 'acknowledged', 'snoozed', 'resolved'] as const
const statuses = [...alertStates, 'open'] as const
const kinds = [...alertKinds, 'drift', 'quality', 'poison'] as const

export const alertListInput = pageInput.extend({
  /** States, comma separated; `open` is all but resolved. */
  status: listOf(statuses, 'status'),
  model: z.string().max(1024).nullish(),
  /** Kinds or families (`poison`), comma separated. */
  kind: listOf(kinds, 'kind'),
})

/** Alerts, newest first. */
export async function listAlerts(
  ctx: Context,
  input: Partial<z.input<typeof alertListInput>> = {},
): Promise<Page<AlertItem>> {
  const { status, model, kind, cursor, limit } = alertListInput.parse(input)
  await ctx.allow('alert.read', model ?? undefined)
  const after = readCursor(cursor)
  await wakeSnoozed(ctx)
  const states = status?.flatMap((s) => (s === 'open' ? (['firing', 'acknowledged', 'snoozed'] as const) : [s]))
  const filter = {
    ...(states ? { states } : {}),
    ...(model ? { model } : {}),
    ...(kind ? { kinds: kind } : {}),
    models: ctx.models,
  }
  const rows = await ctx.read((tx) => tx.alerts.page(filter, limit + 1, after))
  return pageOf(rows, limit, toAlertItem, (row) => ({ at: row.createdAt, id: row.id }))
}
