import { and, asc, eq, gt, gte, lt, or, sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { windowSketch } from '@/db/schema'
import { decodeInto, encodeSketches } from '@/db/sketch-codec'
import type { SketchSet } from '@/lib/stats/sketch'
import { fillAbsent, type SketchStream, type WindowSketches } from './sketches'

type Reader = Pick<Db, 'select' | 'execute'>

/** Rows of `window_sketch` that are in memory at a time. */
const page = 500
/** Merged windows that a process keeps, some 5 KB each: a screen that is open asks for the same ones again and again. */
const maxKept = 2000

/** A merged window, and which rows it was made of: rows are only ever added, or merged into a row with a higher id. */
interface Kept {
  readonly made: string
  readonly rows: number
  readonly labelled: number
  readonly errors: number
  readonly sketches: Buffer
}
const kept = new WeakMap<object, Map<string, Kept>>()

/**
 * A range of windows merged into wide ones of `widthMs`, aligned to its multiples; `from` is taken down to one. However many rows the range
 * holds, memory holds the wide windows and a page; what was merged before is merged again only if rows have come since. Index: window_sketch_read.
 */
export async function readWideSketches(
  db: Reader,
  of: { modelKey: number; stream: SketchStream; from: Date; to: Date; widthMs: number },
): Promise<WindowSketches[]> {
  const { modelKey, stream, to, widthMs } = of
  const from = new Date(Math.floor(of.from.getTime() / widthMs) * widthMs)
  const parts = await db.execute<{ part: string; made: string }>(sql`
    select floor(extract(epoch from w.window_at) * 1000 / ${widthMs})::bigint as part, concat(count(*), ' ', max(w.id)) as made
    from window_sketch w
    where w.model_key = ${modelKey} and w.stream = ${stream} and w.window_at >= ${from.toISOString()} and w.window_at < ${to.toISOString()}
    group by 1 order by 1`)
  const own = kept.get(db) ?? new Map<string, Kept>()
  kept.set(db, own)
  const windows: (WindowSketches & { sketches: SketchSet })[] = []
  for (const { part, made } of parts) {
    const startMs = Number(part) * widthMs
    const end = new Date(Math.min(startMs + widthMs, to.getTime()))
    const key = `${modelKey} ${stream} ${startMs} ${end.getTime()}`
    let window = own.get(key)
    if (window?.made !== made)
      window = await mergedWindow(db, { modelKey, stream, from: new Date(startMs), to: end }, made)
    // The latest asked for last: the first one is the one to forget.
    own.delete(key)
    own.set(key, window)
    if (own.size > maxKept) own.delete(own.keys().next().value as string)
    const { rows, labelled, errors } = window
    const sketches: SketchSet = new Map()
    decodeInto(sketches, window.sketches)
    windows.push({ windowAt: new Date(startMs), rows, labelled, errors, sketches })
  }
  const names = new Set(windows.flatMap(({ sketches }) => [...sketches.keys()]))
  for (const window of windows) fillAbsent(window.sketches, window.rows, names)
  return windows
}

async function mergedWindow(
  db: Reader,
  of: { modelKey: number; stream: SketchStream; from: Date; to: Date },
  made: string,
): Promise<Kept> {
  const sum = { rows: 0, labelled: 0, errors: 0 }
  const sketches: SketchSet = new Map()
  for (let after: { windowAt: Date; id: number } | null = null; ; ) {
    const rows: (typeof windowSketch.$inferSelect)[] = await db
      .select()
      .from(windowSketch)
      .where(
        and(
          eq(windowSketch.modelKey, of.modelKey),
          eq(windowSketch.stream, of.stream),
          gte(windowSketch.windowAt, of.from),
          lt(windowSketch.windowAt, of.to),
          after
            ? or(
                gt(windowSketch.windowAt, after.windowAt),
                and(eq(windowSketch.windowAt, after.windowAt), gt(windowSketch.id, after.id)),
              )
            : undefined,
        ),
      )
      .orderBy(asc(windowSketch.windowAt), asc(windowSketch.id))
      .limit(page)
    for (const row of rows) {
      sum.rows += row.rows
      sum.labelled += row.labelled
      sum.errors += row.errors
      decodeInto(sketches, row.sketches)
    }
    const last = rows.at(-1)
    if (rows.length < page || !last) break
    after = last
  }
  return { made, ...sum, sketches: encodeSketches(sketches) }
}
