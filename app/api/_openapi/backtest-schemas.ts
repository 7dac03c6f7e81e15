import { z } from 'zod'
import { alertKinds, severities, verdicts } from '@/lib/alert/finding'
import type { BacktestDetail, BacktestItem } from '@/lib/view/backtest'
import { subject } from './alert-schemas'
import { modelConfig, realised } from './model-schemas'
import { named, pageOf, time } from './named'

const resolution = z.enum(['real', 'false-alarm']).nullable()

const itemFields = {
  id: z.string(),
  model: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  config: modelConfig,
  done: z.number(),
  total: z.number(),
  fromEvent: z.number(),
  toEvent: z.number(),
  alarms: z.number().nullable(),
  incidents: z.number().nullable(),
  error: z.string().nullable(),
  startedBy: z.string(),
  startedAt: time,
  endedAt: time.nullable(),
}
export const backtestPage = pageOf(
  'Backtests',
  named('Backtest', z.object(itemFields satisfies Record<keyof BacktestItem, z.ZodType>)),
)

const raised = { kind: z.enum(alertKinds), severity: z.enum(severities), why: z.string(), onsetAt: time, firedAt: time }
const alarm = named(
  'BacktestAlarm',
  z.object({
    ...raised,
    id: z.string(),
    eventIndex: z.number(),
    model: z.string(),
    incident: z.string(),
    subject,
    onsetIndex: z.number(),
    evidence: z.object({ logE: z.number(), threshold: z.number(), effect: z.number(), n: z.number() }),
    effectUnit: z.string(),
    verdict: z.enum(verdicts),
    test: z.string(),
    fingerprint: z.string(),
    delayEvents: z.number(),
    delayMs: z.number(),
    alertId: z.string().nullable(),
    resolution,
  }),
)
const live = z.object({
  ...raised,
  alertId: z.string(),
  findingId: z.string(),
  fingerprint: z.string(),
  subject,
  incidentId: z.string(),
  resolution,
  found: z.boolean(),
})
type Result = NonNullable<BacktestDetail['result']>

export const backtestDetail = named(
  'BacktestDetail',
  z.object({
    ...itemFields,
    result: z
      .object({
        events: z.number(),
        failed: z.number(),
        fromAt: time,
        toAt: time,
        verdictChanges: z.number(),
        alarms: z.array(alarm),
        live: z.array(live),
        delay: z.object({ events: z.number(), ms: z.number() }).nullable(),
        rates: realised,
        liveRates: realised,
        elapsedMs: z.number(),
      } satisfies Record<keyof Result, z.ZodType>)
      .nullable(),
  } satisfies Record<keyof BacktestDetail, z.ZodType>),
)
