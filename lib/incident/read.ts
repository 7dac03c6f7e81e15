import { z } from 'zod'
import type { Tx } from '@/db/tx'
import type { Context } from '@/lib/access/context'
import { NotFound } from '@/lib/access/errors'
import { toAlertItem } from '@/lib/alert/item'
import { makeStrip } from '@/lib/model/strip'
import { resolveRange } from '@/lib/model/time-range'
import { toTaskItem } from '@/lib/task/item'
import type { IncidentDetail } from '@/lib/view/incident'
import type { Strip } from '@/lib/view/strip'
import { type IncidentRow, toEntry, toIncidentItem } from './item'

export const incidentInput = z.object({ id: z.string().min(1).max(200) })
const maxAlerts = 200
const maxPoints = 600

/** @throws NotFound */
export async function findIncident(tx: Tx, id: string): Promise<IncidentRow> {
  const row = await tx.incidents.byId(id)
  if (!row) throw new NotFound(`no incident ${JSON.stringify(id)}`, { incident: id })
  return row
}

/** One incident, whole: its alerts, timeline and tasks, and the strip of its model with what belongs to it. */
export async function readIncident(ctx: Context, input: z.input<typeof incidentInput>): Promise<IncidentDetail> {
  await ctx.allow('incident.read')
  const { id } = incidentInput.parse(input)
  return ctx.read(async (tx) => {
    const row = await findIncident(tx, id)
    await ctx.allow('incident.read', row.model)
    const [alerts, timeline, tasks, strip] = await Promise.all([
      tx.alerts.page({ incidentId: id, models: null }, maxAlerts, null),
      tx.timeline.of(id),
      tx.tasks.ofIncident(id),
      stripOf(tx, row),
    ])
    return {
      ...toIncidentItem(row),
      alertItems: alerts.map(toAlertItem),
      timeline: timeline.map(toEntry),
      taskItems: tasks.map(toTaskItem),
      strip,
    }
  })
}

async function stripOf(tx: Tx, row: IncidentRow): Promise<Strip> {
  const name = { id: row.id, title: row.model }
  const model = await tx.models.byId(row.model)
  const range = model && resolveRange({}, model)
  if (!range) return { ...name, points: [], marks: [] }
  const [evidence, fired, versions, alerts] = await Promise.all([
    tx.evidence.strip({ modelKey: row.modelKey, ...range, points: maxPoints }),
    tx.alerts.firedBetween([row.modelKey], range.from, range.to),
    tx.versions.between([row.modelKey], range.from, range.to),
    tx.alerts.page({ incidentId: row.id, models: null }, maxAlerts, null),
  ])
  const own = new Set(alerts.map((alert) => alert.id))
  return makeStrip(name, evidence, { fired: fired.filter((f) => own.has(f.id)), versions }, range)
}
