import { z } from 'zod'
import type { Context } from '@/lib/access/context'
import { alertKinds } from '@/lib/alert/finding'
import { toRecords } from '@/lib/alert/records'
import { listOf, pageInput, pageOf, readCursor } from '@/lib/view/page'
import type { Page, RecordRow } from '@/lib/view/types'
import { findModel, modelId } from './find'

export const suspectsInput = pageInput.extend({
  id: modelId,
  kind: listOf([...alertKinds, 'poison', 'drift', 'quality'], 'kind'),
  origin: z.string().max(1024).nullish(),
})
/** Alerts looked at for a page, newest first. */
const alertsAPage = 10

/** The records that poisoning alerts implicate (or alerts of other kinds, where asked for), newest alert first. A page holds those of ten alerts. */
export async function readSuspects(
  ctx: Context,
  input: Partial<z.input<typeof suspectsInput>> & { id: string },
): Promise<Page<RecordRow & { alertId: string }>> {
  const { id, kind, origin, cursor, limit } = suspectsInput.parse(input)
  await ctx.allow('model.read', id)
  const after = readCursor(cursor)
  return ctx.read(async (tx) => {
    const model = await findModel(tx, id)
    const rows = await tx.alerts.page({ model: id, kinds: kind ?? ['poison'], models: null }, alertsAPage + 1, after)
    const page = pageOf(
      rows,
      alertsAPage,
      (row) => row,
      (row) => ({ at: row.createdAt, id: row.id }),
    )
    const records = page.items.map(async (row) => {
      const stored = await tx.records.byIds(model, (row.subject.eventIds ?? []).slice(0, limit))
      return toRecords(stored, row.kind, row.subject).map((record) => ({ ...record, alertId: row.id }))
    })
    const items = (await Promise.all(records)).flat().filter((record) => !origin || record.origin === origin)
    return { items, nextCursor: page.nextCursor }
  })
}
