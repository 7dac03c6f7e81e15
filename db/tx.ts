import type { PgDatabase } from 'drizzle-orm/pg-core'
import type { PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js'
import { alertQueries } from '@/db/queries/alerts'
import { auditQueries } from '@/db/queries/audit'
import { backtestQueries } from '@/db/queries/backtests'
import { baselineDecisionQueries } from '@/db/queries/baseline-decisions'
import { doorQueries } from '@/db/queries/door'
import { evidenceQueries } from '@/db/queries/evidence'
import { findingQueries } from '@/db/queries/findings'
import { goldenQueries } from '@/db/queries/golden'
import { identityQueries } from '@/db/queries/identities'
import { incidentQueries } from '@/db/queries/incidents'
import { modelQueries } from '@/db/queries/models'
import { notifyQueries } from '@/db/queries/notify'
import { placeQueries } from '@/db/queries/places'
import { recordQueries } from '@/db/queries/records'
import { segmentQueries } from '@/db/queries/segments'
import { sourceQueries } from '@/db/queries/sources'
import { statusQueries } from '@/db/queries/status'
import { suspectQueries } from '@/db/queries/suspects'
import { taskQueries } from '@/db/queries/tasks'
import { timelineQueries } from '@/db/queries/timeline'
import { tokenQueries } from '@/db/queries/tokens'
import { triggerQueries } from '@/db/queries/triggers'
import { versionQueries } from '@/db/queries/versions'
import { windowQueries } from '@/db/queries/windows'
import type * as schema from '@/db/schema'

/** A drizzle database, or a transaction of it. */
export type Rows = PgDatabase<PostgresJsQueryResultHKT, typeof schema>

/**
 * The queries as verbs see them, bound to one transaction (or, to read, to the pool). `lib` imports this type alone, so its pure folders stay free
 * of IO; each member is made by a file of db/queries.
 */
export type Tx = ReturnType<typeof txOver>

/** @param db a drizzle transaction: `db.transaction(async (inner) => raiseFinding(txOver(inner), …))`. */
export function txOver(db: Rows) {
  return {
    db,
    alerts: alertQueries(db),
    audit: auditQueries(db),
    backtests: backtestQueries(db),
    baselineDecisions: baselineDecisionQueries(db),
    door: doorQueries(db),
    evidence: evidenceQueries(db),
    findings: findingQueries(db),
    golden: goldenQueries(db),
    identities: identityQueries(db),
    incidents: incidentQueries(db),
    models: modelQueries(db),
    notify: notifyQueries(db),
    places: placeQueries(db),
    records: recordQueries(db),
    segments: segmentQueries(db),
    sources: sourceQueries(db),
    triggers: triggerQueries(db),
    status: statusQueries(db),
    suspects: suspectQueries(db),
    tasks: taskQueries(db),
    timeline: timelineQueries(db),
    tokens: tokenQueries(db),
    versions: versionQueries(db),
    windows: windowQueries(db),
  }
}
