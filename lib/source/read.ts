import { z } from 'zod'
import type { Tx } from '@/db/tx'
import type { Context } from '@/lib/access/context'
import { NotFound } from '@/lib/access/errors'
import { toAlertItem } from '@/lib/alert/item'
import { findModel, modelId } from '@/lib/model/find'
import { makeStrip } from '@/lib/model/strip'
import { resolveRange } from '@/lib/model/time-range'
import type { SourceDetail } from '@/lib/view/source'
import { accusedBy } from './accused'
import { clustersOf } from './clusters'
import { openGate, pass } from './gate'
import { toSourceRow } from './item'

export const sourceInput = z.object({ id: modelId, origin: z.string().min(1).max(1024) })

const alertsLookedAt = 200
const stripPoints = 300

/** One source, whole: where it stands, its rows over time, what people said of it, the alerts about it. @throws NotFound */
export async function readSource(ctx: Context, input: z.input<typeof sourceInput>): Promise<SourceDetail> {
  const { id, origin } = sourceInput.parse(input)
  await ctx.allow('model.read', id)
  return ctx.read(async (tx) => {
    const model = await findModel(tx, id)
    const row = await tx.sources.byOrigin(model.key, origin)
    if (!row) throw new NotFound(`${id} has no source ${JSON.stringify(origin)}`, { origin })
    const range = resolveRange({}, model) ?? { from: row.at, to: row.at }
    const [total, audits, timeline, alerts, accused, all, evidence] = await Promise.all([
      tx.sources.totalRows(model.key),
      tx.sources.auditsOf(model.key, origin),
      tx.sources.timeline(model.key, origin),
      tx.alerts.page({ model: id, models: null }, alertsLookedAt, null),
      accusedBy(tx, id),
      clustersOf(tx, model),
      tx.evidence.strip({
        modelKey: model.key,
        ...range,
        points: stripPoints,
        kind: 'poison.label_flip',
        unit: `origin=${origin}`,
      }),
    ])
    const about = alerts.filter(({ subject }) => subject.origin === origin || subject.origins?.includes(origin))
    const strip = makeStrip({ id: `origin=${origin}`, title: origin }, evidence, { fired: about, versions: [] }, range)
    const source = toSourceRow(row, audits, total, ctx.now, accused.has(origin))
    const clusters = all.filter(({ members }) => members.includes(origin))
    const others = new Set(clusters.flatMap(({ members }) => members))
    others.delete(origin)
    const kin = await Promise.all([...others].map((other) => knownOf(tx, model.key, other, total, ctx.now)))
    const known = [source, ...kin.filter((one) => one !== null)]
    const gate = openGate(
      total,
      known,
      clusters.map(({ members }) => members),
      accused,
    )
    return {
      ...source,
      gate: pass(gate, origin),
      clusters,
      audits: [...audits]
        .reverse()
        .slice(0, 100)
        .map(({ at, ok, bad, note, by }) => ({ at: at.toISOString(), ok, bad, note, by })),
      alerts: about.map(toAlertItem),
      strip,
      timeline: timeline.map(({ at, rows }) => ({ at: at.toISOString(), rows })),
    }
  })
}

async function knownOf(tx: Tx, modelKey: number, origin: string, total: number, now: Date) {
  const row = await tx.sources.byOrigin(modelKey, origin)
  return row && toSourceRow(row, await tx.sources.auditsOf(modelKey, origin), total, now)
}
