import type { Db } from '@/db/client'
import journal from '@/db/migrations/meta/_journal.json' with { type: 'json' }
import { txOver } from '@/db/tx'

export interface Readiness {
  status: 'ready' | 'not-ready'
  database: 'ok' | 'away'
  schema: 'ok' | 'older' | 'newer' | 'unknown'
  worker: 'ok' | 'silent' | 'none' | 'unknown'
}

/** A worker says every few seconds that it lives. */
const silentMs = 30_000
const newest = Math.max(...journal.entries.map((entry) => entry.when))

/** Whether Assay can do its work: the database answers, its schema is this code's, a worker lives. */
export async function readiness(db: Db, now: Date): Promise<Readiness> {
  try {
    const tx = txOver(db)
    const [migration, heartbeat] = await Promise.all([tx.status.migration(), tx.status.lastHeartbeat()])
    const schema = migration === newest ? 'ok' : migration < newest ? 'older' : 'newer'
    const worker = !heartbeat ? 'none' : now.getTime() - heartbeat.getTime() > silentMs ? 'silent' : 'ok'
    return { status: schema === 'ok' && worker === 'ok' ? 'ready' : 'not-ready', database: 'ok', schema, worker }
  } catch {
    return { status: 'not-ready', database: 'away', schema: 'unknown', worker: 'unknown' }
  }
}
