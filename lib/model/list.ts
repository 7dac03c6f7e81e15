import type { Context } from '@/lib/access/context'
import { wakeSnoozed } from '@/lib/alert/wake'
import type { ModelSummary } from '@/lib/view/model'
import type { Page } from '@/lib/view/page'
import { summarize } from './summary'
import { type RangeInput, rangeInput, resolveRange } from './time-range'

/** Points of the strip of one row of a list. */
const rowPoints = 160
const order = ['poisoning', 'alarm', 'watch', 'no-data', 'silenced', 'learning', 'ok']

/** All models that the caller may see, worst first. At most 1,000, on one page. */
export async function listModels(ctx: Context, input: RangeInput = {}): Promise<Page<ModelSummary>> {
  await ctx.allow('model.read')
  const range = rangeInput.parse(input)
  await wakeSnoozed(ctx)
  return ctx.read(async (tx) => {
    const rows = await tx.models.all(ctx.models)
    const items = await summarize(
      tx,
      rows.map((row) => ({ row, range: resolveRange(range, row) })),
      ctx.now,
      rowPoints,
    )
    return { items: items.sort(worstFirst), nextCursor: null }
  })
}

const spent = (model: ModelSummary) => Math.max(model.drift?.share ?? 0, model.poison?.share ?? 0)

function worstFirst(a: ModelSummary, b: ModelSummary): number {
  return order.indexOf(a.health) - order.indexOf(b.health) || spent(b) - spent(a) || (a.id < b.id ? -1 : 1)
}
