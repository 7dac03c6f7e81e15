import type { ModelRow } from '@/db/queries/models'
import type { Tx } from '@/db/tx'
import type { AlertKind, Severity } from '@/lib/alert/finding'
import { shareOfPromise } from '@/lib/evidence/share'
import { baselineRowsOf } from '@/lib/monitor/config'
import type { ModelSummary } from '@/lib/view/model'
import type { Strip } from '@/lib/view/strip'
import { healthOf } from './health'
import { wilson } from './interval'
import { makeStrip } from './strip'
import type { TimeRange } from './time-range'

/** Windows that the error of a model is told over. */
const errorWindows = 20
const severityRank: Record<Severity, number> = { critical: 2, warning: 1, info: 0 }
const rank = (alert: { kind: AlertKind; severity: Severity; state: string }) =>
  (alert.state === 'snoozed' ? 0 : 8) + (alert.kind.startsWith('poison.') ? 4 : 0) + severityRank[alert.severity]

/** Summaries of these models over a stretch of event time each, in their order. */
export async function summarize(
  tx: Tx,
  models: readonly { row: ModelRow; range: TimeRange | null }[],
  now: Date,
  points: number,
): Promise<ModelSummary[]> {
  const keys = models.map(({ row }) => row.key)
  const learning = models.filter(({ row }) => !row.baselineReady).map(({ row }) => row.key)
  const [open, openIncidents, streams] = await Promise.all([
    tx.alerts.open(keys),
    tx.incidents.openCounts(keys),
    tx.windows.rowsByStream(learning),
  ])
  return Promise.all(
    models.map(async ({ row, range }) => {
      const [latest, eventsPerSecond, error, strip] = await Promise.all([
        tx.evidence.latest(row.key),
        tx.models.eventsPerSecond(row, now),
        recentError(tx, row),
        stripOf(tx, row, range, points),
      ])
      const own = open.filter((alert) => alert.modelKey === row.key)
      const worst = own.reduce<(typeof own)[number] | null>(
        (most, alert) => (most === null || rank(alert) > rank(most) ? alert : most),
        null,
      )
      const largest = (poison: boolean) => {
        const shares = latest.filter((e) => e.kind.startsWith('poison.') === poison).map(shareOfPromise)
        return shares.length > 0 ? { share: Math.max(...shares) } : null
      }
      const drift = largest(false)
      const poison = largest(true)
      return {
        id: row.id,
        task: row.task ?? row.config.task ?? null,
        health: healthOf({
          open: own,
          lastIngestedAt: row.lastIngestedAt,
          baselineReady: row.baselineReady,
          share: Math.max(drift?.share ?? 0, poison?.share ?? 0),
          now,
        }),
        events: row.nextSeq,
        eventsPerSecond,
        openAlerts: own.length,
        openIncidents: openIncidents.get(row.key) ?? 0,
        drift,
        poison,
        error,
        lastIngestedAt: row.lastIngestedAt?.toISOString() ?? null,
        lastEventAt: row.lastEventAt?.toISOString() ?? null,
        worst: worst && {
          alertId: worst.id,
          why: worst.why,
          kind: worst.kind,
          incidentId: worst.incidentId,
          firedAt: worst.firedAt.toISOString(),
        },
        strip,
        learning: row.baselineReady
          ? null
          : learned(
              row,
              streams.filter((s) => s.modelKey === row.key),
            ),
      }
    }),
  )
}

function learned(row: ModelRow, streams: readonly { stream: string; rows: number }[]): ModelSummary['learning'] {
  const needed = baselineRowsOf(row.config)
  const rows = (stream: string) => streams.find((s) => s.stream === stream)?.rows ?? 0
  // Before the width of its windows is known, no window is stored: all that came is what was seen.
  const seen = row.windowMs === null ? row.nextSeq : rows('prediction') || rows('training')
  return { seen: Math.min(needed, seen), needed }
}

async function recentError(tx: Tx, row: ModelRow): Promise<ModelSummary['error']> {
  if (!row.lastEventAt || !row.windowMs) return null
  const from = new Date(row.lastEventAt.getTime() - errorWindows * row.windowMs)
  const { errors, labelled } = await tx.windows.errors(row.key, from, row.lastEventAt)
  return wilson(errors, labelled)
}

async function stripOf(tx: Tx, row: ModelRow, range: TimeRange | null, points: number): Promise<Strip> {
  const name = { id: row.id, title: row.id }
  if (!range) return { ...name, points: [], marks: [] }
  const [evidence, fired, versions] = await Promise.all([
    tx.evidence.strip({ modelKey: row.key, ...range, points }),
    tx.alerts.firedBetween([row.key], range.from, range.to),
    tx.versions.between([row.key], range.from, range.to),
  ])
  return makeStrip(name, evidence, { fired, versions }, range)
}
