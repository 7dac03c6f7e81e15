import type { z } from 'zod'
import type { Context } from '@/lib/access/context'
import { shareOfPromise } from '@/lib/evidence/share'
import { emptySketch, type FeatureSketch } from '@/lib/stats/sketch'
import type { HeatMap } from '@/lib/view/drift'
import { cellsOf, correctedDistance, countsIn } from './cells'
import { findModel, modelRangeInput } from './find'
import { featuresOf, missingShare, watchedStream } from './stream'
import { resolveRange } from './time-range'
import { wideMs } from './wide'
import { type Fired, firedFor, standingOf } from './window-standing'

/** Columns and rows that a screen can show; more windows are merged, calmer features left out. */
const maxWindows = 96
const maxFeatures = 60

/**
 * Per feature and window: how far the window is from the approved baseline, the most evidence there was about the feature in it as a share of the
 * promise, how much was missing, on how many rows, and what is held of it.
 */
export async function readDrift(ctx: Context, input: z.input<typeof modelRangeInput>): Promise<HeatMap> {
  const { id, ...asked } = modelRangeInput.parse(input)
  await ctx.allow('model.read', id)
  return ctx.read(async (tx) => {
    const model = await findModel(tx, id)
    const windowMs = model.windowMs ?? 0
    const range = resolveRange(asked, model)
    const watched = range && windowMs > 0 ? await watchedStream(tx, model.key) : null
    if (!range || !watched) return { windowMs, windows: [], features: [] }
    const to = new Date(range.to.getTime() + 1)
    const widthMs = wideMs(windowMs, to.getTime() - range.from.getTime(), maxWindows)
    // The window in which the range begins is shown whole.
    const from = new Date(Math.floor(range.from.getTime() / widthMs) * widthMs)
    const of = { modelKey: model.key, from, to, widthMs }
    const [windows, units, evidence, wandering, fired] = await Promise.all([
      tx.windows.wide({ ...of, stream: watched.stream }),
      tx.evidence.worstUnits({ modelKey: model.key, ...range, limit: 2000 }),
      tx.evidence.byFeature(of),
      tx.evidence.usual(of),
      tx.alerts.ofFeatures(model.key, to),
    ])
    const past = new Map(evidence.map((e) => [`${e.feature} ${e.bucket}`, e.past]))
    const changes = new Map(wandering.map((e) => [`${e.feature} ${e.bucket}`, e.usual]))
    const bucketOf = (at: Date) => Math.floor((at.getTime() - from.getTime()) / widthMs)
    const features = featuresOf(watched.baseline.sketches).map(([name, reference]) => {
      const cells = cellsOf(reference)
      const counts = countsIn(cells, reference)
      const own = windows.map((window) => window.sketches.get(name) ?? emptySketch())
      const unit = units.find((u) => u.subject.feature === name && u.subject.segment === undefined)
      const alerts: readonly Fired[] = firedFor(fired, name)
      const shares = windows.map(({ windowAt }) => {
        const most = past.get(`${name} ${bucketOf(windowAt)}`)
        return most === undefined ? null : shareOfPromise({ logE: most + 1, threshold: 1 })
      })
      const usual = lastKnown(windows.map(({ windowAt }) => changes.get(`${name} ${bucketOf(windowAt)}`) ?? null))
      // What the baseline held is what its wandering was learned from.
      const wanders = usual.some((change) => change !== null)
      return {
        name,
        type: cells.type,
        effects: own.map((sketch) => correctedDistance(counts, countsIn(cells, sketch))),
        evidence: shares,
        missingBy: own.map(missingIn),
        n: own.map((sketch) => sketch.n),
        verdicts: own.map((sketch, i) => {
          const startMs = windows[i]?.windowAt.getTime() ?? 0
          const window = { startMs, endMs: startMs + widthMs, rows: rowsOf(sketch), share: shares[i] ?? 0 }
          return standingOf(window, alerts, wanders)
        }),
        alertId: alerts.at(-1)?.id ?? null,
        share: unit ? shareOfPromise(unit) : 0,
        logE: unit?.logE ?? 0,
        threshold: unit?.threshold ?? 0,
        missing: missingShare(own),
        missingBefore: missingShare([reference]),
        usual,
      }
    })
    const largest = (effects: readonly (number | null)[]) => Math.max(0, ...effects.map((effect) => effect ?? 0))
    features.sort((a, b) => b.share - a.share || largest(b.effects) - largest(a.effects) || (a.name < b.name ? -1 : 1))
    return {
      windowMs: widthMs,
      windows: windows.map(({ windowAt }) => windowAt.toISOString()),
      features: features.slice(0, maxFeatures),
    }
  })
}

/** A window without a sample goes by the one before. */
function lastKnown<T>(list: readonly (T | null)[]): (T | null)[] {
  let last: T | null = null
  return list.map((one) => {
    last = one ?? last
    return last
  })
}

const rowsOf = (sketch: FeatureSketch) => sketch.n + sketch.nulls + sketch.absent
const missingIn = (sketch: FeatureSketch) => (rowsOf(sketch) > 0 ? missingShare([sketch]) : null)
