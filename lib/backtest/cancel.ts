import type { z } from 'zod'
import { audit } from '@/lib/access/audit'
import type { Context } from '@/lib/access/context'
import type { BacktestDetail } from '@/lib/view/backtest'
import { backtestRunInput, findBacktest, readBacktest } from './read'

/** Ends a run that is not done; nothing of it is kept but that it was. Safe to repeat. */
export async function cancelBacktest(ctx: Context, input: z.input<typeof backtestRunInput>): Promise<BacktestDetail> {
  await ctx.allow('model.backtest')
  const { id, run } = backtestRunInput.parse(input)
  await ctx.allow('model.backtest', id)
  await ctx.tx(async (tx) => {
    const row = await findBacktest(tx, id, run)
    if (!(await tx.backtests.updateIfRunning(row.id, { state: 'cancelled', endedAt: ctx.now }))) return
    await audit(tx, ctx, 'model.backtest', `model/${id}`, {
      before: { backtest: row.id, state: 'running' },
      after: { backtest: row.id, state: 'cancelled' },
    })
  })
  return readBacktest(ctx, { id, run })
}
