import { z } from 'zod'
import { audit } from '@/lib/access/audit'
import type { Context } from '@/lib/access/context'
import { NotFound } from '@/lib/access/errors'
import { findModel, modelId } from '@/lib/model/find'
import type { AdoptedLevel } from '@/lib/view/alert'
import { toAdopted } from './item'

export const withdrawInput = z.object({ id: modelId, decision: z.string().min(1).max(200) })

/** Takes an adopted level back: from the model's next event on, the baseline before it counts again. Safe to repeat. */
export async function withdrawBaseline(ctx: Context, input: z.input<typeof withdrawInput>): Promise<AdoptedLevel> {
  await ctx.allow('baseline.adopt')
  const { id, decision } = withdrawInput.parse(input)
  await ctx.allow('baseline.adopt', id)
  return ctx.tx(async (tx) => {
    const model = await findModel(tx, id)
    const row = await tx.baselineDecisions.byId(decision)
    if (!row || row.modelKey !== model.key)
      throw new NotFound(`${id} has no adopted level ${JSON.stringify(decision)}`, { decision })
    if (await tx.baselineDecisions.withdraw(decision, ctx.actor.name, ctx.now, model.nextSeq)) {
      await audit(tx, ctx, 'baseline.adopt', `model/${id}`, {
        before: toAdopted(row, id),
        after: { withdrawn: decision, atEvent: model.nextSeq },
      })
      await tx.notify.changed(id, ['models', 'alerts'])
    }
    return toAdopted((await tx.baselineDecisions.byId(decision)) ?? row, id)
  })
}
