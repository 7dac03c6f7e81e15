import type { z } from 'zod'
import type { TriggerStandingRow } from '@/db/queries/triggers'
import type { Context } from '@/lib/access/context'
import { exactInterval } from '@/lib/learn/golden/canary'
import type { Page } from '@/lib/view/page'
import type { TriggerRow } from '@/lib/view/trigger'
import { findModel, modelInput } from './find'

/** Alerts among which a trigger's own is looked for, newest first. */
const mostAlerts = 400

/** The patterns of a model that were accused of being a trigger, confirmed ones first: who bears them, and what they do to a learner that learned them. At most 200. */
export async function readTriggers(ctx: Context, input: z.input<typeof modelInput>): Promise<Page<TriggerRow>> {
  const { id } = modelInput.parse(input)
  await ctx.allow('model.read', id)
  return ctx.read(async (tx) => {
    const model = await findModel(tx, id)
    const rows = await tx.triggers.of(model.key)
    const kinds = ['poison.trigger', 'poison.bypass']
    const alerts = rows.length === 0 ? [] : await tx.alerts.page({ model: id, kinds, models: null }, mostAlerts, null)
    const alertOf = new Map(alerts.map(({ id, subject }) => [`${subject.label}\n${subject.pattern}`, id]))
    return {
      items: rows.map((row) => toItem(row, alertOf.get(`${row.label}\n${row.pattern}`) ?? null)),
      nextCursor: null,
    }
  })
}

function toItem(row: TriggerStandingRow, alertId: string | null): TriggerRow {
  const { canary, probes, probeFlips } = row
  return {
    kind: row.kind,
    pattern: row.pattern,
    label: row.label,
    support: row.support,
    onsetAt: row.onsetAt.toISOString(),
    lastSeenAt: row.at.toISOString(),
    evidence: { logE: row.logE, threshold: row.threshold },
    canary: canary ? { ...canary, ci: [canary.ci[0], canary.ci[1]] } : null,
    probes:
      probes > 0
        ? { flipRate: probeFlips / probes, ci: exactInterval(probeFlips, probes), rows: probes, flips: probeFlips }
        : null,
    state: row.state,
    alertId,
  }
}
