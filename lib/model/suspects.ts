import { z } from 'zod'
import type { ModelRow } from '@/db/queries/models'
import type { Tx } from '@/db/tx'
import type { Context } from '@/lib/access/context'
import { Invalid } from '@/lib/access/errors'
import { alertKinds } from '@/lib/alert/finding'
import { toRecords } from '@/lib/alert/records'
import type { SuspectItem } from '@/lib/view/alert'
import type { Page } from '@/lib/view/page'
import { listOf, pageInput, pageOf, readCursor } from '@/lib/view/page'
import { findModel, modelId } from './find'

export const suspectsInput = pageInput.extend({
  id: modelId,
  kind: listOf([...alertKinds, 'poison', 'drift', 'quality'], 'kind'),
  origin: z.string().max(1024).nullish(),
})
/** Alerts looked at for a page, newest first. */
const alertsAPage = 10
/** The cursor of rows that no alert implicates begins with this. */
const scoredMark = 's:'

/**
 * The records that poisoning alerts implicate (or alerts of other kinds, where asked for), newest alert first: a page holds those of ten alerts. Where
 * no kind is asked for, rows follow that looked suspicious when they came, worst first.
 */
export async function readSuspects(
  ctx: Context,
  input: Partial<z.input<typeof suspectsInput>> & { id: string },
): Promise<Page<SuspectItem>> {
  const { id, kind, origin, cursor, limit } = suspectsInput.parse(input)
  await ctx.allow('model.read', id)
  return ctx.read(async (tx) => {
    const model = await findModel(tx, id)
    if (cursor?.startsWith(scoredMark)) return scored(tx, model, { origin, limit, cursor })
    const after = readCursor(cursor)
    const rows = await tx.alerts.page({ model: id, kinds: kind ?? ['poison'], models: null }, alertsAPage + 1, after)
    const page = pageOf(
      rows,
      alertsAPage,
      (row) => row,
      (row) => ({ at: row.createdAt, id: row.id }),
    )
    const records = page.items.map(async (row) => {
      const stored = await tx.records.byIds(model, (row.subject.eventIds ?? []).slice(0, limit))
      const scores = await tx.suspects.scoresOf(
        model.key,
        stored.map(({ seq }) => seq),
      )
      const seqOf = new Map(stored.map(({ event, seq }) => [event.id, seq]))
      return toRecords(stored, row.kind, row.subject).map((record) => {
        const score = scores.get(seqOf.get(record.eventId) ?? -1)
        return {
          ...record,
          score: score === undefined ? null : Number(score.toFixed(4)),
          alertId: row.id,
          kind: row.kind,
        }
      })
    })
    const items = (await Promise.all(records)).flat().filter((record) => !origin || record.origin === origin)
    if (page.nextCursor !== null || kind !== null) return { items, nextCursor: page.nextCursor }
    // The last of the alerts: rows that none of them names come next, and at once where there is nothing else.
    if (items.length > 0) return { items, nextCursor: scoredMark }
    return scored(tx, model, { origin, limit, cursor: scoredMark })
  })
}

async function scored(
  tx: Tx,
  model: ModelRow,
  { origin, limit, cursor }: { origin: string | null | undefined; limit: number; cursor: string },
): Promise<Page<SuspectItem>> {
  const [suspicion, seq] = cursor.slice(scoredMark.length).split(':').map(Number)
  const after = cursor === scoredMark ? null : { suspicion: suspicion ?? Number.NaN, seq: seq ?? Number.NaN }
  if (after && !(Number.isFinite(after.suspicion) && Number.isInteger(after.seq)))
    throw new Invalid('cursor: expected the nextCursor of the page before')
  const rows = await tx.suspects.worst({ modelKey: model.key, ...(origin ? { origin } : {}) }, limit + 1, after)
  const shown = rows.slice(0, limit)
  const stored = await tx.records.byIds(
    model,
    shown.map(({ eventId }) => eventId),
  )
  const standing = new Map(
    await Promise.all(
      [...new Set(shown.flatMap((row) => row.origin ?? []))].map(
        async (name) => [name, (await tx.sources.byOrigin(model.key, name))?.state] as const,
      ),
    ),
  )
  const bySeq = new Map(stored.map((event) => [event.seq, event]))
  const items = shown.flatMap((row) => {
    const event = bySeq.get(row.seq)
    const [record] = event ? toRecords([event], 'poison.label_flip', { eventIds: [row.eventId] }) : []
    if (!record) return []
    const accused = row.origin !== null && standing.get(row.origin) === 'poisoning'
    const chance = `its label was unlikely when it came: suspicion ${row.suspicion.toFixed(2)} of 1`
    const reasons = [chance, ...(accused ? [`from ${row.origin}, which is held for poisoning`] : [])]
    return [{ ...record, score: Number(row.suspicion.toFixed(4)), reasons, alertId: null, kind: null }]
  })
  const last = shown.at(-1)
  return { items, nextCursor: rows.length > limit && last ? `${scoredMark}${last.suspicion}:${last.seq}` : null }
}
