import { z } from 'zod'
import type { Context } from '@/lib/access/context'
import type { AlertItem } from '@/lib/view/alert'
import { changeAlert, changeInput } from './change'

export const resolveInput = changeInput.extend({ note: z.string().trim().min(1).max(10_000).nullish() })

/** Closes an alert, with what was found out. It tunes no threshold: feedback can be an attack too. Safe to repeat. */
export async function resolveAlert(ctx: Context, input: z.input<typeof resolveInput>): Promise<AlertItem> {
  await ctx.allow('alert.resolve')
  const { note, ...which } = resolveInput.parse(input)
  return changeAlert(ctx, 'alert.resolve', which, (alert) => {
    if (alert.state === 'resolved') return null
    return {
      set: { state: 'resolved', resolvedAt: ctx.now, snoozedUntil: null },
      entry: 'alert.resolved',
      body: note ? { note } : {},
    }
  })
}
