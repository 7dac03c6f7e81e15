import type { z } from 'zod'
import type { Context } from '@/lib/access/context'
import type { AlertItem } from '@/lib/view/alert'
import { changeAlert, changeInput } from './change'

export const undoAlertInput = changeInput

/** Takes back what was done to an alert: it fires again and nobody owns it; what was done stays in the timeline. Safe to repeat. */
export async function undoAlert(ctx: Context, input: z.input<typeof undoAlertInput>): Promise<AlertItem> {
  await ctx.allow('alert.acknowledge')
  return changeAlert(ctx, 'alert.acknowledge', undoAlertInput.parse(input), (alert) => {
    if (alert.state === 'firing') return null
    const set = { state: 'firing' as const, owner: null, acknowledgedAt: null, snoozedUntil: null, resolvedAt: null }
    return { set, entry: 'alert.undone', body: { from: alert.state } }
  })
}
