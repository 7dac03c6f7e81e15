import { z } from 'zod'
import { alertKinds, type Comparison, type Subject, severities, verdicts } from '@/lib/alert/finding'
import { alertStates } from '@/lib/alert/list'
import type { Counterfactual } from '@/lib/learn/influence/counterfactual'
import type { AdoptedLevel, AlertDetail, AlertItem, RecordRow } from '@/lib/view/alert'
import type { Strip, StripMark, StripPoint } from '@/lib/view/strip'
import { counterfactual } from './counterfactual-schema'
import { named, pageOf, time } from './named'

const words = z.array(z.string())

export const subject: z.ZodType<Subject> = named(
  'Subject',
  z.object({
    feature: z.exactOptional(z.string()),
    features: z.exactOptional(words),
    segment: z.exactOptional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
    origin: z.exactOptional(z.string()),
    origins: z.exactOptional(words),
    labeler: z.exactOptional(z.string()),
    client: z.exactOptional(z.string()),
    clients: z.exactOptional(words),
    feed: z.exactOptional(z.string()),
    item: z.exactOptional(z.string()),
    entity: z.exactOptional(z.string()),
    label: z.exactOptional(z.union([z.string(), z.number()])),
    pattern: z.exactOptional(z.string()),
    documentIds: z.exactOptional(words),
    fact: z.exactOptional(z.object({ subject: z.string(), predicate: z.string(), object: z.string() })),
    version: z.exactOptional(z.string()),
    batch: z.exactOptional(z.string()),
    eventIds: z.exactOptional(words),
  }),
)

export const comparison: z.ZodType<Comparison> = named(
  'Comparison',
  z.object({
    bins: z.array(z.union([z.number(), z.string()])),
    reference: z.array(z.number()),
    current: z.array(z.number()),
    unit: z.enum(['numeric', 'categorical']),
  }),
)

const point: z.ZodType<StripPoint> = z.object({
  at: time,
  share: z.number(),
  logE: z.number(),
  threshold: z.number(),
  effect: z.number(),
  unit: z.string(),
  kind: z.enum(alertKinds),
})
const mark: z.ZodType<StripMark> = z.object({
  at: time,
  kind: z.enum(['onset', 'alarm', 'version', 'label-batch', 'containment']),
  label: z.string(),
  href: z.exactOptional(z.string()),
  severity: z.exactOptional(z.enum(severities)),
  poison: z.exactOptional(z.boolean()),
})
export const strip: z.ZodType<Strip> = named(
  'Strip',
  z.object({ id: z.string(), title: z.string(), points: z.array(point), marks: z.array(mark) }),
)

const itemFields = {
  id: z.string(),
  fingerprint: z.string(),
  kind: z.enum(alertKinds),
  model: z.string(),
  state: z.enum(alertStates),
  severity: z.enum(severities),
  onsetAt: time,
  firedAt: time,
  createdAt: time,
  subject,
  evidence: z.object({
    logE: z.number(),
    threshold: z.number(),
    effect: z.number(),
    effectUnit: z.string(),
    n: z.number(),
  }),
  verdict: z.enum(verdicts),
  why: z.string(),
  incidentId: z.string(),
  incidentNumber: z.number(),
  owner: z.string().nullable(),
}
export const alertItem: z.ZodType<AlertItem> = named('Alert', z.object(itemFields))

export const recordFields = {
  eventId: z.string(),
  source: z.string(),
  type: z.string(),
  topic: z.string(),
  partition: z.number(),
  offset: z.number(),
  time,
  origin: z.string().nullable(),
  label: z.union([z.string(), z.number(), z.null()]),
  score: z.number().nullable(),
  reasons: z.array(z.string()),
  data: z.record(z.string(), z.unknown()),
}
export const record: z.ZodType<RecordRow> = named('Record', z.object(recordFields))

export const adopted: z.ZodType<AdoptedLevel> = named(
  'AdoptedLevel',
  z.object({
    id: z.string(),
    model: z.string(),
    what: z.enum(['level', 'range']),
    alertId: z.string().nullable(),
    subject,
    from: time,
    to: time,
    atEvent: z.number(),
    note: z.string().nullable(),
    decidedBy: z.string(),
    decidedAt: time,
    withdrawnBy: z.string().nullable(),
    withdrawnAt: time.nullable(),
  }),
)
export const adoptedPage = pageOf('AdoptedLevels', adopted)

export const alertDetail: z.ZodType<AlertDetail> = named(
  'AlertDetail',
  z.object({
    ...itemFields,
    test: z.string(),
    comparison: comparison.nullable(),
    counterfactual: (counterfactual as z.ZodType<Counterfactual>).nullable(),
    strip,
    records: z.array(record),
    ifBenign: z.string(),
    incidentState: z.enum(['open', 'resolved']),
    adopted: adopted.nullable(),
    acknowledgedAt: time.nullable(),
    snoozedUntil: time.nullable(),
    resolvedAt: time.nullable(),
  }),
)
export const alertPage = pageOf('Alerts', alertItem)
