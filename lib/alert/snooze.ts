import { z } from 'zod'
import type { Context } from '@/lib/access/context'
import { Conflict, Invalid } from '@/lib/access/errors'
import type { AlertItem } from '@/lib/view/alert'
import { changeAlert, changeInput } from './change'

const maxDays = 30
export const snoozeInput = changeInput.extend({ until: z.iso.datetime({ offset: true }).pipe(z.coerce.date()) })

/** Lets an alert rest until a time, at most 30 days ahead; then it fires again by itself. */
export async function snoozeAlert(ctx: Context, input: z.input<typeof snoozeInput>): Promise<AlertItem> {
  await ctx.allow('alert.snooze')
  const { until, ...which } = snoozeInput.parse(input)
  const ahead = until.getTime() - ctx.now.getTime()
  if (ahead <= 0) throw new Invalid('until: expected a time to come', { until: until.toISOString() })
  if (ahead > maxDays * 86_400_000)
    throw new Invalid(`until: at most ${maxDays} days ahead`, { until: until.toISOString() })
  return changeAlert(ctx, 'alert.snooze', which, (alert) => {
    if (alert.state === 'resolved')
      throw new Conflict('this alert is resolved', { alert: alert.id, state: alert.state })
    if (alert.state === 'snoozed' && alert.snoozedUntil?.getTime() === until.getTime()) return null
    return {
      set: { state: 'snoozed', snoozedUntil: until },
      entry: 'alert.snoozed',
      body: { until: until.toISOString() },
    }
  })
}
