import type { z } from 'zod'
import type { WindowSketches } from '@/db/queries/sketches'
import type { Context } from '@/lib/access/context'
import { shareOfPromise } from '@/lib/evidence/share'
import { emptySketch, mergeSets } from '@/lib/stats/sketch'
import type { HeatMap } from '@/lib/view/types'
import { cellsOf, correctedDistance, countsIn } from './cells'
import { findModel, modelRangeInput } from './find'
import { featuresOf, missingShare, watchedStream } from './stream'
import { resolveRange } from './time-range'

/** Columns and rows that a screen can show; more windows are merged, calmer features left out. */
const maxWindows = 96
const maxFeatures = 60

/** Per feature and window: how far the window is from the approved baseline, and how much of its budget the feature has spent at its worst. */
export async function readDrift(ctx: Context, input: z.input<typeof modelRangeInput>): Promise<HeatMap> {
  const { id, ...asked } = modelRangeInput.parse(input)
  await ctx.allow('model.read', id)
  return ctx.read(async (tx) => {
    const model = await findModel(tx, id)
    const windowMs = model.windowMs ?? 0
    const range = resolveRange(asked, model)
    const watched = range && windowMs > 0 ? await watchedStream(tx, model.key) : null
    if (!range || !watched) return { windowMs, windows: [], features: [] }
    // The window in which the range begins is shown whole.
    const from = new Date(Math.floor(range.from.getTime() / windowMs) * windowMs)
    const [sketches, units] = await Promise.all([
      tx.windows.sketches({ modelKey: model.key, stream: watched.stream, from, to: new Date(range.to.getTime() + 1) }),
      tx.evidence.worstUnits({ modelKey: model.key, ...range, limit: 2000 }),
    ])
    const merged = mergeWindows(sketches, from.getTime(), windowMs)
    const features = featuresOf(watched.baseline.sketches).map(([name, reference]) => {
      const cells = cellsOf(reference)
      const counts = countsIn(cells, reference)
      const own = merged.windows.map((window) => window.sketches.get(name) ?? emptySketch())
      const unit = units.find((u) => u.subject.feature === name)
      return {
        name,
        type: cells.type,
        effects: own.map((sketch) => correctedDistance(counts, countsIn(cells, sketch))),
        n: own.map((sketch) => sketch.n),
        share: unit ? shareOfPromise(unit) : 0,
        logE: unit?.logE ?? 0,
        threshold: unit?.threshold ?? 0,
        missing: missingShare(own),
      }
    })
    const largest = (effects: readonly (number | null)[]) => Math.max(0, ...effects.map((effect) => effect ?? 0))
    features.sort((a, b) => b.share - a.share || largest(b.effects) - largest(a.effects) || (a.name < b.name ? -1 : 1))
    return {
      windowMs: merged.windowMs,
      windows: merged.windows.map((window) => new Date(window.startMs).toISOString()),
      features: features.slice(0, maxFeatures),
    }
  })
}

function mergeWindows(sketches: readonly WindowSketches[], fromMs: number, windowMs: number) {
  const last = sketches.at(-1)
  const span = last ? last.windowAt.getTime() - fromMs + windowMs : 0
  const widthMs = windowMs * Math.max(1, Math.ceil(span / windowMs / maxWindows))
  const byStart = new Map<number, WindowSketches['sketches']>()
  for (const { windowAt, sketches: set } of sketches) {
    const startMs = fromMs + Math.floor((windowAt.getTime() - fromMs) / widthMs) * widthMs
    const into = byStart.get(startMs)
    if (into) mergeSets(into, set)
    else byStart.set(startMs, set)
  }
  return {
    windowMs: widthMs,
    windows: [...byStart].map(([startMs, set]) => ({ startMs, sketches: set })).sort((a, b) => a.startMs - b.startMs),
  }
}
