import { z } from 'zod'
import type { AlertRow } from '@/db/queries/alerts'
import { audit } from '@/lib/access/audit'
import type { Context } from '@/lib/access/context'
import { Conflict } from '@/lib/access/errors'
import type { Verb } from '@/lib/access/verbs'
import type { AlertItem } from '@/lib/view/alert'
import { toAlertItem } from './item'
import { alertStates } from './list'
import { findAlert } from './read'

export type AlertState = (typeof alertStates)[number]
type Columns = Partial<Pick<AlertRow, 'state' | 'owner' | 'acknowledgedAt' | 'snoozedUntil' | 'resolvedAt'>>

/** What every verb on an alert takes. `seen`: the state that the caller saw; the verb fails if it is another by now. */
export const changeInput = z.object({ alertId: z.string().min(1).max(200), seen: z.enum(alertStates).nullish() })

export interface Change {
  readonly set: Columns
  /** Entry of the incident's timeline, such as `alert.acknowledged`, and what it says. */
  readonly entry: string
  readonly body: Record<string, unknown>
}

/**
 * Steps 3 to 5 of every verb on an alert: one transaction, only if it is still as seen, timeline and audit with it.
 * @param change what to do with the alert as it is now; null: it is so already, and nothing is written.
 * @throws NotFound, Forbidden, Conflict
 */
export async function changeAlert(
  ctx: Context,
  verb: Verb,
  input: z.output<typeof changeInput>,
  change: (alert: AlertRow) => Change | null,
): Promise<AlertItem> {
  return ctx.tx(async (tx) => {
    const alert = await findAlert(tx, input.alertId)
    await ctx.allow(verb, alert.model)
    if (input.seen && input.seen !== alert.state) {
      throw new Conflict(`this alert is ${alert.state} by now`, {
        alert: alert.id,
        seen: input.seen,
        state: alert.state,
      })
    }
    const wanted = change(alert)
    if (!wanted) return toAlertItem(alert)
    const set = { ...wanted.set, updatedAt: ctx.now }
    if (!(await tx.alerts.updateIf(alert.id, [alert.state], set))) {
      throw new Conflict('this alert changed meanwhile', { alert: alert.id, seen: alert.state })
    }
    await tx.timeline.add({
      incidentId: alert.incidentId,
      at: ctx.now,
      kind: wanted.entry,
      actor: ctx.actor.name,
      body: { alertId: alert.id, kind: alert.kind, ...wanted.body },
    })
    // An alert that fires stands in no closed incident.
    const reopened =
      set.state === 'firing' &&
      (await tx.incidents.updateIf(alert.incidentId, 'resolved', { state: 'open', resolvedAt: null, resolution: null }))
    if (reopened) {
      await tx.timeline.add({
        incidentId: alert.incidentId,
        at: ctx.now,
        kind: 'incident.reopened',
        actor: ctx.actor.name,
        body: {},
      })
    }
    const before = { state: alert.state, owner: alert.owner }
    await audit(tx, ctx, verb, `alert/${alert.id}`, { before, after: { ...wanted.body, ...wanted.set } })
    await tx.notify.changed(alert.model, ['alerts', 'incidents', 'models'])
    return toAlertItem({ ...alert, ...set })
  })
}
