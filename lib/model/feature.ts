import { z } from 'zod'
import type { Context } from '@/lib/access/context'
import { NotFound } from '@/lib/access/errors'
import type { Comparison } from '@/lib/alert/finding'
import { emptySketch, type FeatureSketch, merge, numberCount, quantile } from '@/lib/stats/sketch'
import type { FeatureDetail } from '@/lib/view/drift'
import { type Cells, cellsOf, countsIn, histogram } from './cells'
import { findModel, modelRangeInput } from './find'
import { watchedStream } from './stream'
import { resolveRange } from './time-range'
import { wideMs } from './wide'
import { type Fired, firedFor } from './window-standing'

export const featureInput = modelRangeInput.extend({ feature: z.string().min(1).max(1024) })
/** Windows that make up "now" where no range is asked for. */
const currentWindows = 10
/** Points of the ribbon. */
const maxWindows = 192

/** One feature: the baseline against the range (by default its last windows), and its quantiles over time. */
export async function readFeature(ctx: Context, input: z.input<typeof featureInput>): Promise<FeatureDetail> {
  const { id, feature, ...asked } = featureInput.parse(input)
  await ctx.allow('model.read', id)
  return ctx.read(async (tx) => {
    const model = await findModel(tx, id)
    const watched = await watchedStream(tx, model.key)
    const range = resolveRange(asked, model)
    const reference = watched?.baseline.sketches.get(feature)
    if (!watched || !range || !reference) {
      throw new NotFound(`the baseline of ${id} knows no feature ${JSON.stringify(feature)}`, { model: id, feature })
    }
    const to = new Date(range.to.getTime() + 1)
    const windowMs = model.windowMs ?? 1
    const widthMs = wideMs(windowMs, to.getTime() - range.from.getTime(), maxWindows)
    const of = { modelKey: model.key, stream: watched.stream, to }
    const whole = Boolean(asked.from || asked.last)
    const [windows, newest, changes, fired] = await Promise.all([
      tx.windows.wide({ ...of, from: range.from, widthMs }),
      whole ? [] : tx.windows.sketches({ ...of, from: new Date(to.getTime() - currentWindows * windowMs) }),
      tx.evidence.usual({ modelKey: model.key, from: range.from, to, widthMs, feature }),
      tx.alerts.ofFeatures(model.key, to),
    ])
    const alerts = firedFor(fired, feature)
    const calm = windows.filter(({ windowAt }) => !covered(windowAt, widthMs, alerts))
    const cells = cellsOf(reference)
    const current = emptySketch()
    for (const window of whole ? windows : newest) {
      const sketch = window.sketches.get(feature)
      if (sketch) merge(current, sketch)
    }
    return {
      name: feature,
      type: cells.type,
      comparison:
        cells.type === 'numeric'
          ? { ...histogram(reference, current), unit: 'numeric' }
          : categories(cells, reference, current),
      reference: side(reference),
      current: side(current),
      calm: cells.type === 'numeric' ? calmBand(calm.map(({ sketches }) => sketches.get(feature))) : null,
      usual:
        changes.length === 0
          ? null
          : { windowMs: widthMs, points: changes.map(({ at, usual }) => ({ at: at.toISOString(), ...usual })) },
      ribbon: windows.flatMap(({ windowAt, sketches }) => {
        const sketch = sketches.get(feature)
        return sketch && numberCount(sketch) > 0 ? [ribbonPoint(windowAt, sketch)] : []
      }),
    }
  })
}

/** Windows that are enough to say what is usual. */
const minCalm = 10

/** The middle nine tenths of the windows' medians. */
function calmBand(sketches: readonly (FeatureSketch | undefined)[]): FeatureDetail['calm'] {
  const medians = sketches
    .flatMap((sketch) => (sketch && numberCount(sketch) > 0 ? [quantile(sketch, 0.5)] : []))
    .sort((a, b) => a - b)
  if (medians.length < minCalm) return null
  const at = (q: number) => medians[Math.round(q * (medians.length - 1))] ?? 0
  return { low: at(0.05), high: at(0.95), windows: medians.length }
}

/** An alert stands over a window from its onset on, until someone has closed it. */
const covered = (windowAt: Date, windowMs: number, alerts: readonly Fired[]) =>
  alerts.some(
    ({ onsetAt, firedAt, state }) =>
      onsetAt.getTime() < windowAt.getTime() + windowMs && (state !== 'resolved' || firedAt >= windowAt),
  )

function categories(cells: Cells, reference: FeatureSketch, current: FeatureSketch): Comparison {
  const share = (sketch: FeatureSketch) => {
    const present = countsIn(cells, sketch).slice(cells.cuts.length + 1, -1)
    return present.map((count) => (sketch.n > 0 ? count / sketch.n : 0))
  }
  return {
    bins: [...cells.categories, '(other)'],
    reference: share(reference),
    current: share(current),
    unit: 'categorical',
  }
}

function side(sketch: FeatureSketch) {
  const numbers = numberCount(sketch)
  return { n: sketch.n, missing: sketch.nulls + sketch.absent, mean: numbers > 0 ? sketch.sum / numbers : null }
}

const ribbonPoint = (at: Date, sketch: FeatureSketch) => ({
  at: at.toISOString(),
  q05: quantile(sketch, 0.05),
  q25: quantile(sketch, 0.25),
  q50: quantile(sketch, 0.5),
  q75: quantile(sketch, 0.75),
  q95: quantile(sketch, 0.95),
  n: numberCount(sketch),
})
