import type { z } from 'zod'
import type { Context } from '@/lib/access/context'
import type { Page, SourceRow } from '@/lib/view/types'
import { findModel, modelInput } from './find'

/** Who feeds a model, worst first: rows, share, how far their labels are from what the others teach. At most 500. */
export async function readSources(ctx: Context, input: z.input<typeof modelInput>): Promise<Page<SourceRow>> {
  const { id } = modelInput.parse(input)
  await ctx.allow('model.read', id)
  return ctx.read(async (tx) => {
    const model = await findModel(tx, id)
    const rows = await tx.sources.of(model.key)
    const total = rows.reduce((sum, row) => sum + row.rows, 0)
    const items = rows.map((row) => ({
      origin: row.origin,
      kind: row.originKind,
      rows: row.rows,
      share: total > 0 ? row.rows / total : 0,
      disagreement: row.rows > 0 ? row.disagreements / row.rows : 0,
      expected: row.rows > 0 ? row.expected / row.rows : 0,
      trust: null,
      influence: null,
      evidence: { logE: row.logE, threshold: row.threshold },
      state: row.state,
      lastSeenAt: row.at.toISOString(),
    }))
    return { items, nextCursor: null }
  })
}
