import { z } from 'zod'
import { audit } from '@/lib/access/audit'
import type { Context } from '@/lib/access/context'
import { Conflict, Forbidden, NotFound } from '@/lib/access/errors'
import { findModel, modelId } from '@/lib/model/find'
import type { GoldenSetItem } from '@/lib/view/golden'
import { toGoldenItem } from './item'

export const decideGoldenInput = z.object({
  id: modelId,
  set: z.string().min(1).max(200),
  what: z.enum(['approve', 'reject']),
})

/**
 * Approves a proposed trusted set, as a second person, or turns it down (which its proposer may do too). It counts from the model's next event on, in
 * the place of the one before. Safe to repeat.
 * @throws Forbidden when the proposer approves, NotFound, Conflict when it was decided otherwise
 */
export async function decideGolden(ctx: Context, input: z.input<typeof decideGoldenInput>): Promise<GoldenSetItem> {
  await ctx.allow('golden.approve')
  const { id, set, what } = decideGoldenInput.parse(input)
  await ctx.allow('golden.approve', id)
  const state = what === 'approve' ? 'approved' : 'rejected'
  return ctx.tx(async (tx) => {
    const model = await findModel(tx, id)
    const row = await tx.golden.byId(set)
    if (!row || row.modelKey !== model.key)
      throw new NotFound(`${id} has no golden set ${JSON.stringify(set)}`, { set })
    if (row.state === state) return toGoldenItem(row, state === 'approved' ? await currentOf() : null)
    if (row.state !== 'proposed') throw new Conflict(`this golden set is ${row.state} already`, { set })
    if (what === 'approve' && row.proposedById === `${ctx.actor.kind}/${ctx.actor.id}`)
      throw new Forbidden('whoever proposes a golden set does not approve it: a second person must', { set })
    const decided = await tx.golden.decide(set, state, ctx.actor.name, ctx.now)
    if (!decided) throw new Conflict('this golden set was decided meanwhile', { set })
    await audit(tx, ctx, 'golden.approve', `model/${id}`, {
      before: { golden: set, state: row.state },
      after: { golden: set, state },
    })
    await tx.notify.changed(id, ['models', 'sources'])
    return toGoldenItem(decided, await currentOf())

    async function currentOf(): Promise<string | null> {
      return (await tx.golden.of(model.key)).find((other) => other.state === 'approved')?.id ?? null
    }
  })
}
