import type { z } from 'zod'
import type { Context } from '@/lib/access/context'
import { findModel, type modelInput } from '@/lib/model/find'
import type { AdoptedLevel } from '@/lib/view/alert'
import type { Page } from '@/lib/view/page'
import { toAdopted } from './item'

/** What of a model has been adopted as normal, newest first, withdrawn ones too; at most 100. */
export async function listAdopted(ctx: Context, input: z.input<typeof modelInput>): Promise<Page<AdoptedLevel>> {
  await ctx.allow('model.read', input.id)
  return ctx.read(async (tx) => {
    const model = await findModel(tx, input.id)
    const rows = await tx.baselineDecisions.of(model.key)
    return { items: rows.map((row) => toAdopted(row, model.id)), nextCursor: null }
  })
}
