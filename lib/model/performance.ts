import type { z } from 'zod'
import type { Context } from '@/lib/access/context'
import type { Performance } from '@/lib/view/drift'
import { findModel, modelRangeInput } from './find'
import { wilson } from './interval'
import { inferTask } from './task'
import { resolveRange } from './time-range'

const maxWindows = 96

/** How often the model was wrong over time: realised, from the labels that have come for each window's predictions, and estimated without them. */
export async function readPerformance(ctx: Context, input: z.input<typeof modelRangeInput>): Promise<Performance> {
  const { id, ...asked } = modelRangeInput.parse(input)
  await ctx.allow('model.read', id)
  return ctx.read(async (tx) => {
    const model = await findModel(tx, id)
    const windowMs = model.windowMs ?? 0
    const range = resolveRange(asked, model)
    const task = model.task ?? model.config.task ?? (await inferTask(tx, model.key))
    const nothing = { task, windowMs, unit: 'error-rate' as const, realised: [], estimated: [], calibrated: null }
    if (!range || windowMs === 0) return nothing
    const from = new Date(Math.floor(range.from.getTime() / windowMs) * windowMs)
    const span = range.to.getTime() + 1 - from.getTime()
    const widthMs = windowMs * Math.max(1, Math.ceil(span / windowMs / maxWindows))
    const [windows, estimates] = await Promise.all([
      tx.windows.errorsOverTime(model.key, from, range.to, widthMs),
      tx.evidence.estimates({ modelKey: model.key, from, to: range.to, widthMs }),
    ])
    const last = estimates.at(-1)?.estimate
    const unit = last?.unit ?? (task === 'regression' ? 'mean-absolute-error' : 'error-rate')
    const own = estimates.filter(({ estimate }) => estimate.unit === unit)
    return {
      task,
      windowMs: widthMs,
      unit,
      calibrated: last?.calibrated ?? null,
      // Labels of a class are right or wrong, counted by window; how far off a quantity was is told by the detector, over its latest labelled rows.
      realised:
        unit === 'error-rate'
          ? windows.flatMap(({ at, errors, labelled }) => {
              const error = wilson(errors, labelled)
              return error ? [{ at: at.toISOString(), ...error }] : []
            })
          : own.flatMap(({ at, estimate: { realised } }) => (realised ? [{ at: at.toISOString(), ...realised }] : [])),
      estimated: own.map(({ at, estimate: { estimated, low, high } }) => ({
        at: at.toISOString(),
        value: estimated,
        low,
        high,
      })),
    }
  })
}
