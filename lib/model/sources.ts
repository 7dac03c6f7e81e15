import type { z } from 'zod'
import type { SourceAuditRow } from '@/db/queries/sources'
import type { Context } from '@/lib/access/context'
import { accusedBy } from '@/lib/source/accused'
import { toSourceRow } from '@/lib/source/item'
import type { Page } from '@/lib/view/page'
import type { SourceRow } from '@/lib/view/source'
import { findModel, modelInput } from './find'

/** Who feeds a model, worst first: rows, share, trust, what they do to the model, how far their labels are from what the others teach. At most 500. */
export async function readSources(ctx: Context, input: z.input<typeof modelInput>): Promise<Page<SourceRow>> {
  const { id } = modelInput.parse(input)
  await ctx.allow('model.read', id)
  return ctx.read(async (tx) => {
    const model = await findModel(tx, id)
    const [rows, total, audits, accused] = await Promise.all([
      tx.sources.of(model.key),
      tx.sources.totalRows(model.key),
      tx.sources.audits(model.key),
      accusedBy(tx, id),
    ])
    const byOrigin = new Map<string, SourceAuditRow[]>()
    for (const audit of audits) byOrigin.set(audit.origin, [...(byOrigin.get(audit.origin) ?? []), audit])
    const items = rows.map((row) =>
      toSourceRow(row, byOrigin.get(row.origin) ?? [], total, ctx.now, accused.has(row.origin)),
    )
    return { items, nextCursor: null }
  })
}
