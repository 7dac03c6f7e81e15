import { sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { triggerStanding } from '@/db/schema'
import type { TriggerStanding } from '@/lib/monitor/output'

/** Stores where a model's accused patterns stand: the latest of each. @returns whether there were any. */
export async function storeTriggers(
  db: Pick<Db, 'insert'>,
  modelKey: number,
  triggers: readonly { readonly standing: TriggerStanding; readonly seq: number }[],
): Promise<boolean> {
  if (triggers.length === 0) return false
  const rows = triggers.map(({ standing, seq }) => ({
    modelKey,
    seq,
    at: new Date(standing.timeMs),
    kind: standing.kind,
    pattern: standing.pattern,
    label: String(standing.label),
    onsetAt: new Date(standing.onsetTimeMs),
    support: standing.support,
    logE: standing.logE,
    threshold: standing.threshold,
    state: standing.state,
    canary: standing.canary,
    probes: standing.probes,
    probeFlips: standing.probeFlips,
  }))
  await db
    .insert(triggerStanding)
    .values(rows)
    .onConflictDoUpdate({
      target: [triggerStanding.modelKey, triggerStanding.pattern, triggerStanding.label],
      set: {
        seq: sql`excluded.seq`,
        at: sql`excluded.at`,
        support: sql`excluded.support`,
        logE: sql`excluded.log_e`,
        threshold: sql`excluded.threshold`,
        state: sql`excluded.state`,
        canary: sql`excluded.canary`,
        probes: sql`excluded.probes`,
        probeFlips: sql`excluded.probe_flips`,
      },
    })
  return true
}
