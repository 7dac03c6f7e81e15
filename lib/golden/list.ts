import type { z } from 'zod'
import type { Context } from '@/lib/access/context'
import { findModel, type modelInput } from '@/lib/model/find'
import type { GoldenSetItem } from '@/lib/view/golden'
import type { Page } from '@/lib/view/page'
import { toGoldenItem } from './item'

/** The trusted sets of a model, the latest first: what counts, what waits for a second person, what counted before. At most 50. */
export async function listGolden(ctx: Context, input: z.input<typeof modelInput>): Promise<Page<GoldenSetItem>> {
  await ctx.allow('model.read', input.id)
  return ctx.read(async (tx) => {
    const model = await findModel(tx, input.id)
    const sets = await tx.golden.of(model.key)
    const current = sets.find(({ state }) => state === 'approved')?.id ?? null
    return { items: sets.map((set) => toGoldenItem(set, current)), nextCursor: null }
  })
}
