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

export const missingShare = (sketch: FeatureSketch): number => {
  const rows = sketch.n + sketch.nulls + sketch.absent
  return rows > 0 ? (sketch.nulls + sketch.absent) / rows : 0
}
