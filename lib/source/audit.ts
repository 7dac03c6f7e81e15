import { z } from 'zod'
import { audit } from '@/lib/access/audit'
import type { Context } from '@/lib/access/context'
import { NotFound } from '@/lib/access/errors'
import { findModel } from '@/lib/model/find'
import type { SourceDetail } from '@/lib/view/source'
import { readSource, sourceInput } from './read'

export const auditSourceBody = z
  .object({
    /** Rows that were looked at and found right, and wrong. */
    ok: z.number().int().min(0).max(10_000),
    bad: z.number().int().min(0).max(10_000),
    note: z.string().trim().max(10_000).nullish(),
  })
  .refine(({ ok, bad }) => ok + bad > 0, { message: 'ok, bad: expected at least one row that was looked at' })
export const auditSourceInput = z.intersection(sourceInput, auditSourceBody)

/** Writes down that someone looked at rows of a source: the only thing that earns or costs it trust. Each call is one more look. @throws NotFound */
export async function auditSource(ctx: Context, input: z.input<typeof auditSourceInput>): Promise<SourceDetail> {
  await ctx.allow('source.audit')
  const { id, origin, ok, bad, note } = auditSourceInput.parse(input)
  await ctx.allow('source.audit', id)
  await ctx.tx(async (tx) => {
    const model = await findModel(tx, id)
    if (!(await tx.sources.byOrigin(model.key, origin)))
      throw new NotFound(`${id} has no source ${JSON.stringify(origin)}`, { origin })
    await tx.sources.addAudit({
      modelKey: model.key,
      origin,
      at: ctx.now,
      ok,
      bad,
      note: note ?? null,
      by: ctx.actor.name,
    })
    await audit(tx, ctx, 'source.audit', `model/${id}`, { after: { origin, ok, bad } })
    await tx.notify.changed(id, ['sources'])
  })
  return readSource(ctx, { id, origin })
}
