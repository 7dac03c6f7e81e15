import type { SketchStream } from '@/db/queries/sketches'
import type { Tx } from '@/db/tx'
import { type FeatureSketch, labelKey, predictionKey, type SketchSet } from '@/lib/stats/sketch'

/** The stream whose features are watched, with its baseline: predictions where the model makes any, else training rows. Null: no baseline yet. */
export async function watchedStream(tx: Tx, modelKey: number) {
  for (const stream of ['prediction', 'training'] as const) {
    const baseline = await tx.windows.baseline({ modelKey, stream })
    if (baseline) return { stream: stream satisfies SketchStream, baseline }
  }
  return null
}

/** Features alone: a set also keeps the labels and the predictions. */
export const featuresOf = (set: SketchSet): [string, FeatureSketch][] =>
  [...set].filter(([name]) => name !== labelKey && name !== predictionKey)

/** Over all of these windows: the share of rows without a value. */
export function missingShare(sketches: readonly FeatureSketch[]): number {
  let missing = 0
  let rows = 0
  for (const sketch of sketches) {
    missing += sketch.nulls + sketch.absent
    rows += sketch.n + sketch.nulls + sketch.absent
  }
  return rows > 0 ? missing / rows : 0
}
