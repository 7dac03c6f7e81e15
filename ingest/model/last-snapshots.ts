import { eq } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { model } from '@/db/schema'
import { storeSnapshot } from './snapshot'
import type { Watched } from './watched'

/** At an orderly end: the next start goes on at once. A model that another worker has read on meanwhile is left to it. */
export async function storeLastSnapshots(db: Db, memory: ReadonlyMap<string, Watched>): Promise<void> {
  for (const watched of memory.values()) {
    if (watched.windowMs === null || watched.seq === watched.snapshotSeq) continue
    await db.transaction(async (tx) => {
      const [row] = await tx
        .select({ nextSeq: model.nextSeq })
        .from(model)
        .where(eq(model.key, watched.key))
        .for('no key update')
      if (row?.nextSeq === watched.seq) await storeSnapshot(tx, watched.key, watched.seq, watched.monitor.snapshot())
    })
  }
}
