import { and, desc, eq, gte, inArray, lt, lte, sql } from 'drizzle-orm'
import { readBaseline, readSketches, type SketchStream } from '@/db/queries/sketches'
import { readWideSketches } from '@/db/queries/wide-sketches'
import { windowSketch } from '@/db/schema'
import { decodeSketches, emptySketches } from '@/db/sketch-codec'
import type { Rows } from '@/db/tx'
import type { SketchSet } from '@/lib/stats/sketch'

const newestRows = 8

export const windowQueries = (db: Rows) => ({
  sketches: (of: Parameters<typeof readSketches>[1]) => readSketches(db, of),
  wide: (of: Parameters<typeof readWideSketches>[1]) => readWideSketches(db, of),
  baseline: (of: Parameters<typeof readBaseline>[1]) => readBaseline(db, of),

  /** Rows by stream: how far a model has come. Index: window_sketch_read. */
  async rowsByStream(modelKeys: readonly number[]) {
    if (modelKeys.length === 0) return []
    return db
      .select({
        modelKey: windowSketch.modelKey,
        stream: windowSketch.stream,
        rows: sql<number>`sum(${windowSketch.rows})::float8`,
      })
      .from(windowSketch)
      .where(inArray(windowSketch.modelKey, [...modelKeys]))
      .groupBy(windowSketch.modelKey, windowSketch.stream)
  },

  /** Wrong and labelled predictions since a time of events. Index: window_sketch_read. */
  async errors(modelKey: number, from: Date, to: Date): Promise<{ errors: number; labelled: number }> {
    const [row] = await db
      .select({
        errors: sql<number>`coalesce(sum(${windowSketch.errors}), 0)::float8`,
        labelled: sql<number>`coalesce(sum(${windowSketch.labelled}), 0)::float8`,
      })
      .from(windowSketch)
      .where(
        and(
          eq(windowSketch.modelKey, modelKey),
          inArray(windowSketch.stream, ['label', 'prediction']),
          gte(windowSketch.windowAt, from),
          lte(windowSketch.windowAt, to),
        ),
      )
    return row ?? { errors: 0, labelled: 0 }
  },

  /** Wrong and labelled predictions in windows of `widthMs` from `from` on, ascending; none where none is labelled. Index: window_sketch_read. */
  async errorsOverTime(modelKey: number, from: Date, to: Date, widthMs: number) {
    const rows = await db.execute<{ bucket: number; errors: number; labelled: number }>(sql`
      select floor((extract(epoch from w.window_at) * 1000 - ${from.getTime()}) / ${widthMs})::int as bucket,
        sum(w.errors)::float8 as errors, sum(w.labelled)::float8 as labelled
      from window_sketch w
      where w.model_key = ${modelKey} and w.stream = 'label' and w.window_at >= ${from.toISOString()} and w.window_at <= ${to.toISOString()}
      group by 1 having sum(w.labelled) > 0 order by 1`)
    return rows.map(({ bucket, errors, labelled }) => ({
      at: new Date(from.getTime() + bucket * widthMs),
      errors: Number(errors),
      labelled: Number(labelled),
    }))
  },

  /** What was sketched last of a stream: a handful of batches, latest first. Index: window_sketch_read. */
  async newest(modelKey: number, stream: SketchStream): Promise<SketchSet[]> {
    const rows = await db
      .select({ sketches: windowSketch.sketches })
      .from(windowSketch)
      .where(
        and(
          eq(windowSketch.modelKey, modelKey),
          eq(windowSketch.stream, stream),
          sql`length(${windowSketch.sketches}) > ${emptySketches}`,
        ),
      )
      .orderBy(desc(windowSketch.windowAt))
      .limit(newestRows)
    return rows.map((row) => decodeSketches(row.sketches))
  },

  /** How many windows start in [from, to). Index: window_sketch_read. */
  async countBetween(modelKey: number, from: Date, to: Date): Promise<number> {
    const [row] = await db
      .select({ count: sql<number>`count(distinct ${windowSketch.windowAt})::int` })
      .from(windowSketch)
      .where(and(eq(windowSketch.modelKey, modelKey), gte(windowSketch.windowAt, from), lt(windowSketch.windowAt, to)))
    return row?.count ?? 0
  },
})
