import { z } from 'zod'
import type { Context } from '@/lib/access/context'
import { Conflict } from '@/lib/access/errors'
import type { AlertItem } from '@/lib/view/alert'
import { changeAlert, changeInput } from './change'

export const assignInput = changeInput.extend({ owner: z.string().trim().min(1).max(200).nullable() })

/** Gives an alert an owner, or none (null). Whoever assigns it to themselves has acknowledged it. Safe to repeat. */
export async function assignAlert(ctx: Context, input: z.input<typeof assignInput>): Promise<AlertItem> {
  await ctx.allow('alert.assign')
  const { owner, ...which } = assignInput.parse(input)
  return changeAlert(ctx, 'alert.assign', which, (alert) => {
    if (alert.state === 'resolved')
      throw new Conflict('this alert is resolved', { alert: alert.id, state: alert.state })
    const taken = owner === ctx.actor.name && alert.state === 'firing'
    if (alert.owner === owner && !taken) return null
    const set = taken ? { owner, state: 'acknowledged' as const, acknowledgedAt: ctx.now } : { owner }
    return { set, entry: 'alert.assigned', body: { owner } }
  })
}
