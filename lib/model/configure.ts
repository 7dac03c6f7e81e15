import type { z } from 'zod'
import { audit } from '@/lib/access/audit'
import type { Context } from '@/lib/access/context'
import { Conflict } from '@/lib/access/errors'
import { type ModelConfig, modelConfigSchema } from '@/lib/monitor/config'
import { modelInput } from './find'

export const configureInput = modelInput.extend({ config: modelConfigSchema })

/** Sets the whole configuration of a model, which need not have been seen yet. Workers take it on when they next load the model. Safe to repeat. */
export async function configureModel(
  ctx: Context,
  input: z.input<typeof configureInput>,
): Promise<{ id: string; config: ModelConfig }> {
  await ctx.allow('model.configure')
  const { id, config } = configureInput.parse(input)
  await ctx.allow('model.configure', id)
  return ctx.tx(async (tx) => {
    const before = await tx.models.byId(id)
    const row = await tx.models.configure(id, config, before?.config ?? null)
    if (!row) throw new Conflict('this configuration changed meanwhile', { model: id })
    await audit(tx, ctx, 'model.configure', `model/${id}`, { before: before?.config ?? null, after: config })
    await tx.notify.changed(id, ['models'])
    return { id, config: row.config }
  })
}
