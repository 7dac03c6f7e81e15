import { z } from 'zod'
import type { Context } from '@/lib/access/context'
import { findModel, modelId } from '@/lib/model/find'
import type { GateCheck } from '@/lib/view/source'
import { accusedBy } from './accused'
import { clustersOf } from './clusters'
import { openGate, pass, worstOf } from './gate'
import { toSourceRow } from './item'

export const checkBody = z.object({
  /** Rows as they would come: what counts is who sends them. At most 10,000. */
  rows: z
    .array(z.object({ origin: z.union([z.string().min(1).max(1024), z.object({ id: z.string().min(1).max(1024) })]) }))
    .min(1)
    .max(10_000),
})
export const checkInput = checkBody.extend({ id: modelId })

/** Would these rows be let in, one after the other? Changes nothing: whoever feeds the learner asks, and decides. @throws NotFound */
export async function checkRows(ctx: Context, input: z.input<typeof checkInput>): Promise<GateCheck> {
  await ctx.allow('source.check')
  const { id, rows } = checkInput.parse(input)
  await ctx.allow('source.check', id)
  return ctx.read(async (tx) => {
    const model = await findModel(tx, id)
    const [standing, total, audits, clusters, accused] = await Promise.all([
      tx.sources.of(model.key, 10_000),
      tx.sources.totalRows(model.key),
      tx.sources.audits(model.key),
      clustersOf(tx, model),
      accusedBy(tx, id),
    ])
    const sources = standing.map((row) =>
      toSourceRow(
        row,
        audits.filter(({ origin }) => origin === row.origin),
        total,
        ctx.now,
      ),
    )
    const gate = openGate(
      total,
      sources,
      clusters.map(({ members }) => members),
      accused,
    )
    const verdicts = rows.map(({ origin }) => pass(gate, typeof origin === 'string' ? origin : origin.id))
    return {
      admitted: verdicts.filter(({ admit }) => admit).length,
      held: verdicts.filter(({ admit }) => !admit).length,
      worst: worstOf(sources),
      rows: verdicts,
    }
  })
}
