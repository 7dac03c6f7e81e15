import { z } from 'zod'
import type { AlertRow } from '@/db/queries/alerts'
import type { Tx } from '@/db/tx'
import type { Context } from '@/lib/access/context'
import { NotFound } from '@/lib/access/errors'
import { toAdopted } from '@/lib/baseline/item'
import { makeStrip } from '@/lib/model/strip'
import { resolveRange, widened } from '@/lib/model/time-range'
import type { AlertDetail } from '@/lib/view/alert'
import type { Strip } from '@/lib/view/strip'
import { ifBenign } from './if-benign'
import { toAlertItem } from './item'
import { maxRecords, toRecords } from './records'

export const alertInput = z.object({ id: z.string().min(1).max(200) })
const maxPoints = 600

/** @throws NotFound */
export async function findAlert(tx: Tx, id: string): Promise<AlertRow> {
  const row = await tx.alerts.byId(id)
  if (!row) throw new NotFound(`no alert ${JSON.stringify(id)}`, { alert: id })
  return row
}

/** One alert, whole: what convinced us, reference against current, the strip it stands on, the records behind it. */
export async function readAlert(ctx: Context, input: z.input<typeof alertInput>): Promise<AlertDetail> {
  await ctx.allow('alert.read')
  const { id } = alertInput.parse(input)
  return ctx.read(async (tx) => {
    const row = await findAlert(tx, id)
    await ctx.allow('alert.read', row.model)
    const [strip, adopted, incident, records] = await Promise.all([
      stripOf(tx, row),
      tx.baselineDecisions.standingFor(row.id),
      tx.incidents.byId(row.incidentId),
      tx.records.byIds({ key: row.modelKey, id: row.model }, (row.subject.eventIds ?? []).slice(0, maxRecords)),
    ])
    return {
      ...toAlertItem(row),
      test: row.test,
      comparison: row.comparison,
      counterfactual: row.counterfactual,
      strip,
      records: toRecords(records, row.kind, row.subject),
      ifBenign: ifBenign(row.kind),
      incidentState: incident?.state ?? 'open',
      adopted: adopted && toAdopted(adopted, row.model),
      acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
      snoozedUntil: row.snoozedUntil?.toISOString() ?? null,
      resolvedAt: row.resolvedAt?.toISOString() ?? null,
    }
  })
}

/** The strip of the alert's own unit where its samples name it, else of its kind. */
async function stripOf(tx: Tx, row: AlertRow): Promise<Strip> {
  const name = { id: row.kind, title: row.kind }
  const model = await tx.models.byId(row.model)
  const range = model && resolveRange({}, model)
  if (!range) return { ...name, points: [], marks: [] }
  const whole = widened(range, row.onsetAt, row.firedAt)
  const units = await tx.evidence.worstUnits({ modelKey: row.modelKey, ...whole, kind: row.kind, limit: 2000 })
  const own = units.find((unit) => sameThing(unit.subject, row.subject))
  const [evidence, fired, versions] = await Promise.all([
    tx.evidence.strip({
      modelKey: row.modelKey,
      ...whole,
      points: maxPoints,
      kind: row.kind,
      ...(own ? { unit: own.unit } : {}),
    }),
    tx.alerts.firedBetween([row.modelKey], whole.from, whole.to),
    tx.versions.between([row.modelKey], whole.from, whole.to),
  ])
  const ours = fired.filter((f) => f.id === row.id)
  return makeStrip(own ? { id: own.unit, title: own.unit } : name, evidence, { fired: ours, versions }, whole)
}

const names = ['feature', 'features', 'origin', 'labeler', 'client', 'feed', 'pattern', 'label', 'version'] as const

/** A unit stands for an alert when it names something, all that it names is the alert's too, and both are of the same rows. */
function sameThing(unit: AlertRow['subject'], alert: AlertRow['subject']): boolean {
  const same = (key: (typeof names)[number] | 'segment') => JSON.stringify(unit[key]) === JSON.stringify(alert[key])
  const said = names.filter((key) => unit[key] !== undefined)
  return (said.length > 0 || unit.segment !== undefined) && said.every(same) && same('segment')
}
