import { and, desc, eq, gte, inArray, lte } from 'drizzle-orm'
import { modelVersion } from '@/db/schema'
import type { Rows } from '@/db/tx'

export const versionQueries = (db: Rows) => ({
  /** Newest first, by the order of their arrival. No index of its own yet: a model has few versions. */
  async of(modelKey: number, limit = 200) {
    return db
      .select()
      .from(modelVersion)
      .where(eq(modelVersion.modelKey, modelKey))
      .orderBy(desc(modelVersion.seq))
      .limit(limit)
  },

  /** Those of a stretch of event time, for marks. */
  async between(modelKeys: readonly number[], from: Date, to: Date, limit = 400) {
    if (modelKeys.length === 0) return []
    return db
      .select({ modelKey: modelVersion.modelKey, version: modelVersion.version, at: modelVersion.at })
      .from(modelVersion)
      .where(and(inArray(modelVersion.modelKey, [...modelKeys]), gte(modelVersion.at, from), lte(modelVersion.at, to)))
      .orderBy(desc(modelVersion.at))
      .limit(limit)
  },
})
