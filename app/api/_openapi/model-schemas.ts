import { z } from 'zod'
import { alertKinds, verdicts } from '@/lib/alert/finding'
import { modelConfigSchema } from '@/lib/monitor/config'
import type { FeatureDetail, HeatMap, Performance, SegmentBreakdown } from '@/lib/view/drift'
import type { ModelDetail, ModelSummary, VersionRow } from '@/lib/view/model'
import type { Rate, Realised } from '@/lib/view/rate'
import { comparison, strip } from './alert-schemas'
import { named, pageOf, time } from './named'

export const modelConfig = named('ModelConfig', modelConfigSchema)
const share = z.object({ share: z.number() }).nullable()

const summaryFields = {
  id: z.string(),
  task: z.string().nullable(),
  health: z.enum(['ok', 'watch', 'alarm', 'poisoning', 'no-data', 'learning', 'silenced']),
  events: z.number(),
  eventsPerSecond: z.number(),
  openAlerts: z.number(),
  openIncidents: z.number(),
  drift: share,
  poison: share,
  error: z.object({ value: z.number(), low: z.number(), high: z.number(), n: z.number() }).nullable(),
  lastIngestedAt: time.nullable(),
  lastEventAt: time.nullable(),
  worst: z
    .object({ alertId: z.string(), why: z.string(), kind: z.enum(alertKinds), incidentId: z.string(), firedAt: time })
    .nullable(),
  strip,
  learning: z.object({ seen: z.number(), needed: z.number() }).nullable(),
}
const summary: z.ZodType<ModelSummary> = named('Model', z.object(summaryFields))
export const modelPage = pageOf('Models', summary)

const version: z.ZodType<VersionRow> = z.object({
  version: z.string(),
  parent: z.string().nullable(),
  at: time,
  metrics: z.record(z.string(), z.number()).nullable(),
})
export const versionPage = pageOf('Versions', version)

const rate: z.ZodType<Rate> = z.object({ count: z.number(), value: z.number(), low: z.number(), high: z.number() })
export const realised: z.ZodType<Realised> = named(
  'Realised',
  z.object({
    promised: z.number(),
    perDays: z.number().nullable(),
    perEvents: z.number().nullable(),
    periods: z.number(),
    incidents: z.number(),
    falseAlarm: z.number(),
    real: z.number(),
    notSaid: z.number(),
    knownFalse: rate.nullable(),
    ifNotReal: rate.nullable(),
  }),
)

/** The configuration is checked where it is written; here it is only shown. */
export const modelDetail = named(
  'ModelDetail',
  z.object({
    ...summaryFields,
    config: modelConfig,
    taskInferred: z.boolean(),
    budget: z.object({
      falseIncidents: z.number(),
      perDays: z.number().nullable(),
      perEvents: z.number().nullable(),
      words: z.string(),
    }),
    realised: realised.nullable(),
    windowMs: z.number().nullable(),
    from: time.nullable(),
    to: time.nullable(),
    strips: z.array(strip),
    versions: z.array(version),
  } satisfies Record<keyof ModelDetail, z.ZodType>),
)
export const configured = named('Configured', z.object({ id: z.string(), config: modelConfig }))

const usualChange = {
  rows: z.number(),
  change: z.number(),
  low: z.number(),
  high: z.number(),
  record: z.number(),
  changes: z.number(),
}
export const heatMap: z.ZodType<HeatMap> = named(
  'Drift',
  z.object({
    windowMs: z.number(),
    windows: z.array(time),
    features: z.array(
      z.object({
        name: z.string(),
        type: z.enum(['numeric', 'categorical']),
        effects: z.array(z.number().nullable()),
        evidence: z.array(z.number().nullable()),
        missingBy: z.array(z.number().nullable()),
        n: z.array(z.number()),
        verdicts: z.array(z.enum([...verdicts, 'steady', 'watch', 'small', 'wanders', 'insufficient-data']).nullable()),
        alertId: z.string().nullable(),
        share: z.number(),
        logE: z.number(),
        threshold: z.number(),
        missing: z.number(),
        missingBefore: z.number(),
        usual: z.array(z.object(usualChange).nullable()),
      }),
    ),
  }),
)

const part = z.number().nullable()
export const segmentBreakdown: z.ZodType<SegmentBreakdown> = named(
  'Segments',
  z.object({
    feature: z.string().nullable(),
    stream: z.enum(['prediction', 'training']).nullable(),
    baselineRows: z.number(),
    rangeRows: z.number(),
    whole: z.boolean(),
    moved: part,
    keys: z.array(
      z.object({
        key: z.string(),
        mix: part,
        values: z.array(
          z.object({
            value: z.string(),
            rowsThen: z.number(),
            rowsNow: z.number(),
            shareThen: z.number(),
            shareNow: z.number(),
            effect: part,
            part,
            evidence: part,
          }),
        ),
      }),
    ),
  }),
)

const estimate = { at: time, value: z.number(), low: z.number(), high: z.number() }
export const performance: z.ZodType<Performance> = named(
  'Performance',
  z.object({
    task: z.string().nullable(),
    windowMs: z.number(),
    unit: z.enum(['error-rate', 'mean-absolute-error']),
    calibrated: z.boolean().nullable(),
    realised: z.array(z.object({ ...estimate, n: z.number() })),
    estimated: z.array(z.object(estimate)),
  }),
)

const side = z.object({ n: z.number(), missing: z.number(), mean: z.number().nullable() })
const quantiles = { q05: z.number(), q25: z.number(), q50: z.number(), q75: z.number(), q95: z.number() }
export const featureDetail: z.ZodType<FeatureDetail> = named(
  'Feature',
  z.object({
    name: z.string(),
    type: z.enum(['numeric', 'categorical']),
    comparison,
    reference: side,
    current: side,
    calm: z.object({ low: z.number(), high: z.number(), windows: z.number() }).nullable(),
    usual: z.object({ windowMs: z.number(), points: z.array(z.object({ at: time, ...usualChange })) }).nullable(),
    ribbon: z.array(z.object({ at: time, ...quantiles, n: z.number() })),
  }),
)
