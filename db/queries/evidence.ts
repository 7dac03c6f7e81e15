import { type SQL, sql } from 'drizzle-orm'
import type { Rows } from '@/db/tx'
import type { AlertKind, Subject } from '@/lib/alert/finding'
import type { UsualChange } from '@/lib/detect/drift/usual/standing'
import type { Estimate } from '@/lib/detect/prediction/estimate'

/** The worst unit of one moment. */
export interface EvidencePoint {
  modelKey: number
  at: Date
  kind: AlertKind
  unit: string
  subject: Subject
  logE: number
  threshold: number
  effect: number
  n: number
}

interface RawPoint extends Record<string, unknown> {
  model_key: number
  at: string
  kind: AlertKind
  unit: string
  subject: Subject
  log_e: number
  threshold: number
  effect: number
  n: string | number
}

const toPoint = (row: RawPoint): EvidencePoint => ({
  modelKey: row.model_key,
  at: new Date(row.at),
  kind: row.kind,
  unit: row.unit,
  subject: row.subject,
  logE: row.log_e,
  threshold: row.threshold,
  effect: row.effect,
  n: Number(row.n),
})

/** Rises with the share of the promise (lib/evidence/share.ts); null before the first update. */
const share = sql`(e.log_e - nullif(e.threshold, 0))`

export interface StripQuery {
  readonly modelKey: number
  readonly from: Date
  readonly to: Date
  /** At most so many points: one a bucket of equal time, the worst of it. */
  readonly points: number
  /** `poison`, or a whole kind. */
  readonly kind?: string
  readonly unit?: string
}

export const evidenceQueries = (db: Rows) => ({
  /** The worst unit of each bucket of event time in [from, to], ascending. Index: evidence_model_at. */
  async strip(of: StripQuery): Promise<EvidencePoint[]> {
    const fromMs = of.from.getTime()
    const bucketMs = Math.max(1, Math.ceil((of.to.getTime() - fromMs + 1) / of.points))
    const kind: SQL = !of.kind
      ? sql``
      : of.kind.includes('.')
        ? sql`and e.kind = ${of.kind}`
        : sql`and e.kind like ${`${of.kind}.%`}`
    const rows = await db.execute<RawPoint>(sql`
      select distinct on (bucket) floor((extract(epoch from e.at) * 1000 - ${fromMs}) / ${bucketMs}) as bucket,
        e.model_key, e.at, e.kind, e.unit, e.subject, e.log_e, e.threshold, e.effect, e.n
      from evidence_sample e
      where e.model_key = ${of.modelKey} and e.at >= ${of.from.toISOString()} and e.at <= ${of.to.toISOString()} ${kind}
        ${of.unit === undefined ? sql`` : sql`and e.unit = ${of.unit}`}
      order by bucket, ${share} desc nulls last, e.unit`)
    return rows.map(toPoint).sort((a, b) => a.at.getTime() - b.at.getTime())
  },

  /** The most evidence about each feature in each window of `widthMs`, as logE less its threshold. Units of a segment alone are left out. Index: evidence_model_at. */
  async byFeature(of: { modelKey: number; from: Date; to: Date; widthMs: number }) {
    const rows = await db.execute<{ bucket: number; feature: string; past: number }>(sql`
      select floor((extract(epoch from e.at) * 1000 - ${of.from.getTime()}) / ${of.widthMs})::int as bucket, f.feature, max(e.log_e - e.threshold) as past
      from evidence_sample e, jsonb_array_elements_text(coalesce(e.subject -> 'features', jsonb_build_array(e.subject -> 'feature'))) as f(feature)
      where e.model_key = ${of.modelKey} and e.at >= ${of.from.toISOString()} and e.at < ${of.to.toISOString()}
        and e.threshold > 0 and e.subject -> 'segment' is null and f.feature is not null
      group by 1, 2`)
    return rows.map(({ bucket, feature, past }) => ({ bucket, feature, past: Number(past) }))
  },

  /** The latest estimate of the error in each window of `widthMs` in [from, to]. Index: evidence_model_at. */
  async estimates(of: { modelKey: number; from: Date; to: Date; widthMs: number }) {
    const rows = await db.execute<{ bucket: number; estimate: Estimate }>(sql`
      select distinct on (bucket) floor((extract(epoch from e.at) * 1000 - ${of.from.getTime()}) / ${of.widthMs})::int as bucket, e.estimate
      from evidence_sample e
      where e.model_key = ${of.modelKey} and e.at >= ${of.from.toISOString()} and e.at <= ${of.to.toISOString()}
        and e.kind = 'drift.performance' and e.estimate is not null
      order by bucket, e.seq desc`)
    return rows.map(({ bucket, estimate }) => ({ at: new Date(of.from.getTime() + bucket * of.widthMs), estimate }))
  },

  /** Where each feature that is never at rest stood last in each window of `widthMs` in [from, to). Index: evidence_model_at. */
  async usual(of: { modelKey: number; from: Date; to: Date; widthMs: number; feature?: string }) {
    const rows = await db.execute<{ bucket: number; feature: string; usual: UsualChange }>(sql`
      select distinct on (bucket, e.unit) floor((extract(epoch from e.at) * 1000 - ${of.from.getTime()}) / ${of.widthMs})::int as bucket,
        e.subject ->> 'feature' as feature, e.usual
      from evidence_sample e
      where e.model_key = ${of.modelKey} and e.at >= ${of.from.toISOString()} and e.at < ${of.to.toISOString()} and e.usual is not null
        ${of.feature === undefined ? sql`` : sql`and e.subject ->> 'feature' = ${of.feature}`}
      order by bucket, e.unit, e.seq desc`)
    return rows.map(({ bucket, feature, usual }) => ({
      at: new Date(of.from.getTime() + bucket * of.widthMs),
      bucket,
      feature,
      usual,
    }))
  },

  /** Every unit of a model at its latest sample, worst first. Index: primary key (model_key, seq). */
  async latest(modelKey: number): Promise<EvidencePoint[]> {
    const rows = await db.execute<RawPoint>(sql`
      select e.* from evidence_sample e
      where e.model_key = ${modelKey} and e.seq = (select max(seq) from evidence_sample where model_key = ${modelKey})
      order by ${share} desc nulls last, e.kind, e.unit`)
    return rows.map(toPoint)
  },

  /** The worst moment of each unit in [from, to], worst first. Index: evidence_model_at. */
  async worstUnits(of: {
    modelKey: number
    from: Date
    to: Date
    kind?: string
    limit: number
  }): Promise<EvidencePoint[]> {
    const rows = await db.execute<RawPoint>(sql`
      select * from (
        select distinct on (e.kind, e.unit) e.* from evidence_sample e
        where e.model_key = ${of.modelKey} and e.at >= ${of.from.toISOString()} and e.at <= ${of.to.toISOString()}
          ${of.kind === undefined ? sql`` : sql`and e.kind = ${of.kind}`}
        order by e.kind, e.unit, ${share} desc nulls last
      ) e order by ${share} desc nulls last, e.kind, e.unit limit ${of.limit}`)
    return rows.map(toPoint)
  },
})
