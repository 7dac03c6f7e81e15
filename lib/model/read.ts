import type { z } from 'zod'
import type { ModelRow } from '@/db/queries/models'
import type { Tx } from '@/db/tx'
import type { Context } from '@/lib/access/context'
import type { ModelDetail } from '@/lib/view/model'
import type { Strip } from '@/lib/view/strip'
import { budgetOf } from './budget'
import { findModel, modelRangeInput } from './find'
import { realisedOf } from './promise'
import { makeStrip } from './strip'
import { summarize } from './summary'
import { inferTask } from './task'
import { resolveRange, type TimeRange } from './time-range'
import { toVersion } from './versions'

const maxPoints = 600
/** Sources with a strip of their own. */
const maxOrigins = 12

/** One model: how it stands, its promise, a strip for each kind of evidence and for each suspicious source, its versions. */
export async function readModel(ctx: Context, input: z.input<typeof modelRangeInput>): Promise<ModelDetail> {
  const { id, ...asked } = modelRangeInput.parse(input)
  await ctx.allow('model.read', id)
  return ctx.read(async (tx) => {
    const row = await findModel(tx, id)
    const range = resolveRange(asked, row)
    const [summaries, strips, versions, inferred, realised] = await Promise.all([
      summarize(tx, [{ row, range }], ctx.now, maxPoints),
      range ? stripsOf(tx, row, range) : [],
      tx.versions.of(row.key),
      (row.task ?? row.config.task) ? null : inferTask(tx, row.key),
      range ? realisedOf(tx, row, range) : null,
    ])
    const [summary] = summaries
    if (!summary) throw new Error('a model has one summary')
    return {
      ...summary,
      task: summary.task ?? inferred,
      taskInferred: inferred !== null,
      config: row.config,
      budget: budgetOf(row.config),
      realised,
      windowMs: row.windowMs,
      from: range?.from.toISOString() ?? null,
      to: range?.to.toISOString() ?? null,
      strips,
      versions: versions.map(toVersion),
    }
  })
}

async function stripsOf(tx: Tx, row: ModelRow, range: TimeRange): Promise<Strip[]> {
  const [units, fired, versions] = await Promise.all([
    tx.evidence.worstUnits({ modelKey: row.key, ...range, limit: 2000 }),
    tx.alerts.firedBetween([row.key], range.from, range.to),
    tx.versions.between([row.key], range.from, range.to),
  ])
  const kinds = [...new Set([...fired.map((f) => f.kind), ...units.map((u) => u.kind)])]
  const byKind = kinds.map(async (kind) => {
    const evidence = await tx.evidence.strip({ modelKey: row.key, ...range, points: maxPoints, kind })
    return makeStrip(
      { id: kind, title: kind },
      evidence,
      { fired: fired.filter((f) => f.kind === kind), versions },
      range,
    )
  })
  const accused = units
    .filter((u) => u.subject.origin !== undefined && u.kind.startsWith('poison.'))
    .slice(0, maxOrigins)
  const byOrigin = accused.map(async ({ kind, unit, subject }) => {
    const evidence = await tx.evidence.strip({ modelKey: row.key, ...range, points: maxPoints, kind, unit })
    const own = fired.filter((f) => f.kind === kind && f.subject.origin === subject.origin)
    return makeStrip({ id: unit, title: subject.origin ?? unit }, evidence, { fired: own, versions: [] }, range)
  })
  return Promise.all([...byKind, ...byOrigin])
}
