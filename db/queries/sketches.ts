import { and, asc, desc, eq, gte, lt } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { baseline, windowSketch } from '@/db/schema'
import { decodeSketches } from '@/db/sketch-codec'
import { emptySketch, mergeSets, type SketchSet } from '@/lib/stats/sketch'

export type SketchStream = 'prediction' | 'training' | 'label'

export interface WindowSketches {
  /** Start of the window, event time. */
  readonly windowAt: Date
  readonly rows: number
  /** Stream `label` only: labelled predictions of this window, and those of them that were wrong. */
  readonly labelled: number
  readonly errors: number
  /** Of every feature seen in the range; one that has no rows in a window is all absent there. */
  readonly sketches: SketchSet
}

/** The windows of a model's stream that start in [from, to), ascending, merged over batches, versions and origins. Index: window_sketch_read. */
export async function readSketches(
  db: Pick<Db, 'select'>,
  of: { modelKey: number; stream: SketchStream; from: Date; to: Date },
): Promise<WindowSketches[]> {
  const rows = await db
    .select()
    .from(windowSketch)
    .where(
      and(
        eq(windowSketch.modelKey, of.modelKey),
        eq(windowSketch.stream, of.stream),
        gte(windowSketch.windowAt, of.from),
        lt(windowSketch.windowAt, of.to),
      ),
    )
    .orderBy(asc(windowSketch.windowAt), asc(windowSketch.id))
  const windows: { windowAt: Date; rows: number; labelled: number; errors: number; sketches: SketchSet }[] = []
  const names = new Set<string>()
  for (const row of rows) {
    let window = windows.at(-1)
    if (window?.windowAt.getTime() !== row.windowAt.getTime()) {
      window = { windowAt: row.windowAt, rows: 0, labelled: 0, errors: 0, sketches: new Map() }
      windows.push(window)
    }
    const set = decodeSketches(row.sketches)
    for (const name of set.keys()) names.add(name)
    window.rows += row.rows
    window.labelled += row.labelled
    window.errors += row.errors
    mergeSets(window.sketches, set)
  }
  for (const window of windows) fillAbsent(window.sketches, window.rows, names)
  return windows
}

/** A batch knows only the features that it met: what no event of it carried is absent in all its rows. */
export function fillAbsent(set: SketchSet, rows: number, names: ReadonlySet<string>): void {
  for (const name of names) {
    const sketch = set.get(name) ?? emptySketch()
    set.set(name, sketch)
    sketch.absent = rows - sketch.n - sketch.nulls
  }
}

export interface StoredBaseline {
  readonly at: Date
  readonly seq: number
  readonly rows: number
  readonly adoptedBy: string
  readonly sketches: SketchSet
}

/** The approved baseline of a model's stream: the one adopted last. Index: baseline_read. */
export async function readBaseline(
  db: Pick<Db, 'select'>,
  of: { modelKey: number; stream: 'prediction' | 'training' },
): Promise<StoredBaseline | null> {
  const [row] = await db
    .select()
    .from(baseline)
    .where(and(eq(baseline.modelKey, of.modelKey), eq(baseline.stream, of.stream)))
    .orderBy(desc(baseline.id))
    .limit(1)
  return row
    ? { at: row.at, seq: row.seq, rows: row.rows, adoptedBy: row.adoptedBy, sketches: decodeSketches(row.sketches) }
    : null
}
