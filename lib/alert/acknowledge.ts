import type { z } from 'zod'
import type { Context } from '@/lib/access/context'
import { Conflict } from '@/lib/access/errors'
import type { AlertItem } from '@/lib/view/alert'
import { changeAlert, changeInput } from './change'

export const acknowledgeInput = changeInput

/** Takes an alert on: it stops escalating, and the person who took it is its owner. Safe to repeat. */
export async function acknowledgeAlert(ctx: Context, input: z.input<typeof acknowledgeInput>): Promise<AlertItem> {
  await ctx.allow('alert.acknowledge')
  return changeAlert(ctx, 'alert.acknowledge', acknowledgeInput.parse(input), (alert) => {
    if (alert.state === 'acknowledged' && alert.owner === ctx.actor.name) return null
    if (alert.state === 'acknowledged')
      throw new Conflict(`${alert.owner ?? 'someone'} has taken this alert on`, { alert: alert.id, owner: alert.owner })
    if (alert.state === 'resolved')
      throw new Conflict('this alert is resolved', { alert: alert.id, state: alert.state })
    return {
      set: { state: 'acknowledged', owner: ctx.actor.name, acknowledgedAt: ctx.now, snoozedUntil: null },
      entry: 'alert.acknowledged',
      body: {},
    }
  })
}
