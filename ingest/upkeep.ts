import type { Db } from '@/db/client'
import { compactSketches } from './compact'
import { ensurePartitions, summarize } from './partitions'

const everyMs = 15_000

/** What a worker does for the tables beside ingesting: partitions made ahead, BRIN summaries, merged sketches. */
export function startUpkeep(db: Db, failed: (error: unknown) => void): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = running.then(() => round(db)).catch(failed)
  }, everyMs)
  return {
    async stop() {
      clearInterval(timer)
      await running
    },
  }
}

async function round(db: Db): Promise<void> {
  const now = new Date()
  await ensurePartitions(db, now)
  await summarize(db, now)
  await compactSketches(db)
}
