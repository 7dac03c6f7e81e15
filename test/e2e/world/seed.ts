import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import {
  baseline,
  deadLetter,
  evidenceSample,
  ingestOffset,
  model,
  modelVersion,
  sourceStanding,
  windowSketch,
} from '@/db/schema'
import { encodeSketches } from '@/db/sketch-codec'
import type { AlertKind, Subject } from '@/lib/alert/finding'
import { addNumber, emptySketch, type SketchSet } from '@/lib/stats/sketch'
import { at, from, hour, onset, until } from './time'

export interface ModelSeed {
  id: string
  task: string
}

/** @returns its key. */
export async function seedModel(db: Db, { id, task }: ModelSeed): Promise<number> {
  const set = {
    task,
    nextSeq: 6000,
    windowMs: hour,
    firstEventAt: at(from),
    lastEventAt: at(until),
    lastIngestedAt: new Date(),
    baselineReady: true,
  }
  const [row] = await db
    .insert(model)
    .values({ id, ...set })
    .onConflictDoUpdate({ target: model.id, set })
    .returning({ key: model.key })
  if (!row) throw new Error(`no key for ${id}`)
  const versions = [0, 16, 32].map((h, i) => ({
    modelKey: row.key,
    version: `v${17 + i}`,
    parent: i ? `v${16 + i}` : null,
    at: at(from + h * hour),
    seq: 1000 * i,
    metrics: { accuracy: 0.94 },
  }))
  await db.insert(modelVersion).values(versions)
  return row.key
}

/** Log evidence at which a strip stands at this share of the promise (lib/evidence/share.ts). */
export const logEAt = (share: number, threshold: number): number => threshold + (share - 1) * 2 * Math.LN10

/** Evidence of one unit, sampled twice an hour: calm, and from the onset on up to `peak` of the promise, where it stays. */
export async function seedEvidence(
  db: Db,
  modelKey: number,
  kind: AlertKind,
  unit: string,
  subject: Subject,
  peak: number,
) {
  const threshold = 9.2
  const rows = Array.from({ length: 96 }, (_, i) => {
    const time = from + (i * hour) / 2
    const since = Math.max(0, time - onset) / hour
    const share = since > 0 ? Math.min(peak, 0.1 + since * peak) : 0.06 + 0.04 * Math.sin(i / 5)
    return {
      modelKey,
      seq: i * 50,
      at: at(time),
      kind,
      unit,
      subject,
      logE: logEAt(share, threshold),
      threshold,
      effect: since > 0 ? 0.5 : 0.03,
      n: 10 * i,
    }
  })
  await db.insert(evidenceSample).values(rows)
}

export async function seedSources(db: Db, modelKey: number) {
  const sources = [
    ['vendor-7', 0.61, 1.3, 'poisoning'],
    ['vendor-1', 0.05, 0.2, 'ok'],
    ['vendor-2', 0.04, 0.1, 'ok'],
    ['vendor-3', 0.06, 0.6, 'watch'],
  ] as const
  await db.insert(sourceStanding).values(
    sources.map(([origin, disagreement, share, state]) => ({
      modelKey,
      origin,
      originKind: 'vendor',
      seq: 5000,
      at: at(until),
      rows: 500,
      disagreements: Math.round(500 * disagreement),
      expected: 22,
      logE: logEAt(share, 9.2),
      threshold: 9.2,
      state,
    })),
  )
}

/** Hourly windows of three features, the first of which jumps at the onset. */
export async function seedWindows(db: Db, modelKey: number) {
  await db.insert(baseline).values({
    modelKey,
    stream: 'prediction',
    seq: 100,
    at: at(from),
    rows: 2000,
    sketches: encodeSketches(features(2000, 0)),
    adoptedBy: 'assay',
  })
  for (let time = from; time < until; time += hour) {
    await db.insert(windowSketch).values({
      modelKey,
      windowAt: at(time),
      stream: 'prediction',
      rows: 100,
      sketches: encodeSketches(features(100, time >= onset ? 45 : 0)),
    })
  }
}

function features(rows: number, jump: number): SketchSet {
  const set: SketchSet = new Map()
  for (const [name, centre] of [
    ['temp_max', 17 + jump],
    ['wind', 12],
    ['humidity', 60],
  ] as const) {
    const sketch = emptySketch()
    // Even steps over ±10 around the centre.
    for (let i = 0; i < rows; i++) addNumber(sketch, centre + ((i % 41) - 20) / 2)
    set.set(name, sketch)
  }
  return set
}

export async function seedIngest(db: Db) {
  await db.insert(ingestOffset).values({ topic: 'assay.events', partition: 0, next: 5120, owner: 'worker-1' })
  await db.insert(deadLetter).values({
    topic: 'assay.events',
    partition: 0,
    offset: 5119,
    reason: 'data.model: expected a string',
    bytes: Buffer.from('{"specversion":"1.0","data":{"model":3}}'),
    size: 40,
  })
  await db.execute(sql`analyze`)
}
