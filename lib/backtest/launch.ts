import type { z } from 'zod'
import type { Context } from '@/lib/access/context'
import type { BacktestDetail } from '@/lib/view/backtest'
import { readBacktest } from './read'
import { runBacktest } from './run'
import { type backtestInput, startBacktest } from './start'

/** Starts a run and lets it go on in this process, behind the answer: who asked looks in on it with `readBacktest`. */
export async function launchBacktest(
  ctx: Context,
  input: z.input<typeof backtestInput>,
  onFailure: (error: unknown) => void = () => {},
): Promise<BacktestDetail> {
  const run = await startBacktest(ctx, input)
  runBacktest(ctx, run).catch(onFailure)
  return readBacktest(ctx, { id: input.id, run: run.id })
}
