import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { BacktestRow } from '@/db/queries/backtests'
import { audit } from '@/lib/access/audit'
import type { Context } from '@/lib/access/context'
import { Conflict, Invalid } from '@/lib/access/errors'
import { findModel, modelInput } from '@/lib/model/find'
import { modelConfigSchema } from '@/lib/monitor/config'

export const backtestInput = modelInput.extend({
  /** Absent: the configuration that the model has now. */
  config: modelConfigSchema.nullish(),
  /** Event time. The run begins with the first event of the model that has come so far, and learns its baseline from there on. */
  from: z.iso.datetime({ offset: true }).nullish(),
  to: z.iso.datetime({ offset: true }).nullish(),
})

/** A run that says nothing for so long has lost its process. */
export const silentMs = 60_000

/**
 * Enters a run of one configuration over a stored past; `runBacktest` then does it. One at a time a model.
 * @throws Conflict while another one of this model runs; Invalid where the range holds no event.
 */
export async function startBacktest(ctx: Context, input: z.input<typeof backtestInput>): Promise<BacktestRow> {
  await ctx.allow('model.backtest')
  const { id, config, from, to } = backtestInput.parse(input)
  await ctx.allow('model.backtest', id)
  return ctx.tx(async (tx) => {
    const model = await findModel(tx, id)
    const place = (at: string) => tx.places.seqAtTime(model.key, model.nextSeq, new Date(at))
    const [fromSeq, toSeq] = await Promise.all([
      from ? place(from) : 0,
      // The end is meant to be in it: up to the first event after it.
      to ? place(new Date(Date.parse(to) + 1).toISOString()) : model.nextSeq,
    ])
    if (toSeq <= fromSeq)
      throw new Invalid(
        model.nextSeq === 0
          ? `${id} has no stored events yet`
          : 'from, to: no stored event of the model lies between them',
        { model: id },
      )
    await tx.backtests.bury(model.key, new Date(ctx.now.getTime() - silentMs), ctx.now)
    const row = {
      id: `b-${randomUUID()}`,
      modelKey: model.key,
      config: config ?? model.config,
      fromSeq,
      toSeq,
      startedBy: ctx.actor.name,
      startedAt: ctx.now,
      heardAt: ctx.now,
    }
    if (!(await tx.backtests.start(row)))
      throw new Conflict(`a backtest of ${id} is running; wait for it, or cancel it`, { model: id })
    await audit(tx, ctx, 'model.backtest', `model/${id}`, {
      after: { backtest: row.id, config: row.config, fromSeq, toSeq },
    })
    const started = await tx.backtests.byId(row.id)
    if (!started) throw new Error('a run that was entered is there')
    return started
  })
}
