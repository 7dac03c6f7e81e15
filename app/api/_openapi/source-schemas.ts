import { z } from 'zod'
import { alertKinds } from '@/lib/alert/finding'
import type { GoldenAudit } from '@/lib/golden/audit'
import type { Counterfactual } from '@/lib/learn/influence/counterfactual'
import type { SuspectItem } from '@/lib/view/alert'
import type { GoldenSetItem } from '@/lib/view/golden'
import type { GateCheck, GateVerdict, SourceCluster, SourceDetail, SourceRow } from '@/lib/view/source'
import type { RankedSuspects } from '@/lib/view/suspect'
import { alertItem, recordFields, strip } from './alert-schemas'
import { counterfactual } from './counterfactual-schema'
import { named, pageOf, time } from './named'

const sourceFields = {
  origin: z.string(),
  kind: z.string(),
  rows: z.number(),
  share: z.number(),
  disagreement: z.number(),
  expected: z.number(),
  trust: z.number().nullable(),
  audited: z.number(),
  influence: z.number().nullable(),
  reach: z.number().nullable(),
  cap: z.object({
    share: z.number(),
    over: z.number(),
    worstCase: z.number().nullable(),
    worstCaseHeld: z.number().nullable(),
  }),
  counterfactual: (counterfactual as z.ZodType<Counterfactual>).nullable(),
  evidence: z.object({ logE: z.number(), threshold: z.number() }),
  state: z.enum(['learning', 'ok', 'watch', 'poisoning']),
  lastSeenAt: time,
}
export const sourcePage = pageOf('Sources', named('Source', z.object(sourceFields)) as z.ZodType<SourceRow>)

const gateVerdict = named(
  'GateVerdict',
  z.object({ admit: z.boolean(), reasons: z.array(z.string()), alertId: z.string().nullable() }),
) as z.ZodType<GateVerdict>
export const gateCheck = named(
  'GateCheck',
  z.object({
    admitted: z.number(),
    held: z.number(),
    worst: z.object({ newcomers: z.number().nullable(), all: z.number().nullable() }),
    rows: z.array(gateVerdict),
  }),
) as z.ZodType<GateCheck>
const sourceCluster = named(
  'SourceCluster',
  z.object({
    id: z.string(),
    tie: z.enum(['born', 'together', 'copies', 'near']).nullable(),
    why: z.string(),
    members: z.array(z.string()),
    rows: z.number(),
    evidence: z.object({ logE: z.number(), threshold: z.number() }),
    state: z.enum(['ok', 'watch', 'poisoning']),
    alertId: z.string().nullable(),
  }),
) as z.ZodType<SourceCluster>
export const clusterPage = pageOf('SourceClusters', sourceCluster)

export const sourceDetail = named(
  'SourceDetail',
  z.object({
    ...sourceFields,
    audits: z.array(
      z.object({ at: time, ok: z.number(), bad: z.number(), note: z.string().nullable(), by: z.string() }),
    ),
    alerts: z.array(alertItem),
    strip,
    gate: gateVerdict,
    clusters: z.array(sourceCluster),
    timeline: z.array(z.object({ at: time, rows: z.number() })),
  }),
) as z.ZodType<SourceDetail>

const goldenAudit = named(
  'GoldenAudit',
  z.object({
    judged: z.number(),
    doubted: z.array(z.object({ row: z.number(), chance: z.number(), label: z.string(), instead: z.string() })),
    atMost: z.number().nullable(),
    noticed: z.number().nullable(),
  }),
) as z.ZodType<GoldenAudit>

export const goldenSet = named(
  'GoldenSet',
  z.object({
    id: z.string(),
    hash: z.string(),
    rows: z.number(),
    labels: z.record(z.string(), z.number()),
    slices: z.record(z.string(), z.number()),
    audit: goldenAudit,
    state: z.enum(['proposed', 'approved', 'rejected', 'replaced']),
    note: z.string().nullable(),
    proposedBy: z.string(),
    proposedAt: time,
    decidedBy: z.string().nullable(),
    decidedAt: time.nullable(),
    fromEvent: z.number().nullable(),
  }),
) as z.ZodType<GoldenSetItem>
export const goldenPage = pageOf('GoldenSets', goldenSet)

export const suspectPage = pageOf(
  'Suspects',
  z.object({
    ...recordFields,
    alertId: z.string().nullable(),
    kind: z.enum(alertKinds).nullable(),
  }) as z.ZodType<SuspectItem>,
)

export const rankedSuspects = named(
  'RankedSuspects',
  z.object({
    compared: z.number(),
    from: time.nullable(),
    to: time.nullable(),
    views: z.array(z.enum(['forest', 'neighbours', 'learner'])),
    cannot: z.string().nullable(),
    expectedWrong: z.number(),
    tookMs: z.number(),
    items: z.array(z.object(recordFields)),
  }),
) as z.ZodType<RankedSuspects>
