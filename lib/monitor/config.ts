import { z } from 'zod'

/** Contract 3's `--config`, and the body of `PUT /models/{id}`: every part optional. Unknown keys are ignored, so that a newer configuration still runs. */
export const modelConfigSchema = z.object({
  task: z
    .enum(['classification', 'regression', 'authorization', 'retrieval', 'generation', 'federated', 'knowledge'])
    .optional(),
  classes: z
    .array(z.union([z.string(), z.number()]))
    .min(1)
    .optional(),
  budget: z
    .union([
      z.object({ falseIncidents: z.number().positive().optional(), perDays: z.number().positive() }),
      z.object({ falseIncidents: z.number().positive().optional(), perEvents: z.number().positive() }),
    ])
    .optional(),
  baseline: z.object({ rows: z.number().int().min(50).max(1_000_000) }).optional(),
  seasonality: z.enum(['none', 'hour-of-day', 'hour-of-week', 'auto']).optional(),
  /** Least effect of an alarm that becomes a finding, by alert kind, in that kind's effect unit; smaller ones are real but not worth a page. */
  leastEffect: z.record(z.string(), z.number().min(0)).optional(),
  harmful: z.array(z.object({ from: z.string(), to: z.string() })).optional(),
  rules: z
    .object({
      functional: z.array(z.string()).optional(),
      immutable: z.array(z.string()).optional(),
      disjoint: z.array(z.tuple([z.string(), z.string()])).optional(),
      implies: z.array(z.tuple([z.string(), z.string()])).optional(),
      corroborationFacts: z.number().int().positive().optional(),
    })
    .optional(),
  probes: z
    .array(z.object({ id: z.string(), text: z.string().optional(), embedding: z.array(z.number()).optional() }))
    .optional(),
  origins: z
    .record(z.string(), z.object({ publicKey: z.string().optional(), trust: z.string().optional() }))
    .optional(),
  federated: z.object({ byzantine: z.number().int().min(0) }).optional(),
})
export type ModelConfig = z.infer<typeof modelConfigSchema>

/** Rows of a baseline where the configuration does not say (Contract 3). */
const usualBaselineRows = 2000
export const baselineRowsOf = (config: ModelConfig): number => config.baseline?.rows ?? usualBaselineRows

export const replayConfigSchema = z.object({ models: z.record(z.string(), modelConfigSchema) })
export type ReplayConfig = z.infer<typeof replayConfigSchema>
