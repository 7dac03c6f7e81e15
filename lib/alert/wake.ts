import type { Context } from '@/lib/access/context'

/** Snoozed alerts whose time is over fire again. Called before alerts are listed, so nobody sees a rest that is over. */
export async function wakeSnoozed(ctx: Context): Promise<void> {
  if (!(await ctx.read((tx) => tx.alerts.someToWake(ctx.now)))) return
  await ctx.tx(async (tx) => {
    for (const alert of await tx.alerts.wake(ctx.now)) {
      const body = { alertId: alert.id, kind: alert.kind }
      await tx.timeline.add({ incidentId: alert.incidentId, at: ctx.now, kind: 'alert.woke', actor: 'assay', body })
    }
  })
}
