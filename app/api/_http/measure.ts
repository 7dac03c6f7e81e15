import type { Tx } from '@/db/tx'
import { metrics } from './metrics'

/** Reads what the database knows into the gauges; the rest counts by itself. */
export async function measure(tx: Tx, now: Date): Promise<void> {
  const [accepted, deadLetters, openAlerts, openIncidents, heartbeat, offsets] = await Promise.all([
    tx.status.accepted(null),
    tx.status.deadLetterCount(),
    tx.status.openAlerts(),
    tx.status.openIncidents(),
    tx.status.lastHeartbeat(),
    tx.status.offsets(),
  ])
  const age = (at: Date | null) => (at ? (now.getTime() - at.getTime()) / 1000 : Number.NaN)
  metrics.accepted.set(accepted)
  metrics.deadLetters.set(deadLetters)
  metrics.openIncidents.set(openIncidents)
  metrics.openAlerts.reset()
  for (const { kind, count } of openAlerts) metrics.openAlerts.set({ kind }, count)
  metrics.heartbeatAge.set(age(heartbeat))
  const latest = offsets.reduce<Date | null>(
    (last, { updatedAt }) => (last && last > updatedAt ? last : updatedAt),
    null,
  )
  metrics.batchAge.set(age(latest))
}
