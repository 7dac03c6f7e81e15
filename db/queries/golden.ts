import { and, desc, eq, sql } from 'drizzle-orm'
import { goldenSet } from '@/db/schema'
import type { GoldenState } from '@/db/schema/golden'
import type { Rows } from '@/db/tx'

const { rows: _rows, ...listed } = {
  id: goldenSet.id,
  modelKey: goldenSet.modelKey,
  hash: goldenSet.hash,
  rows: goldenSet.rows,
  count: goldenSet.count,
  labels: goldenSet.labels,
  slices: goldenSet.slices,
  audit: goldenSet.audit,
  state: goldenSet.state,
  note: goldenSet.note,
  proposedById: goldenSet.proposedById,
  proposedBy: goldenSet.proposedBy,
  proposedAt: goldenSet.proposedAt,
  decidedBy: goldenSet.decidedBy,
  decidedAt: goldenSet.decidedAt,
  appliedSeq: goldenSet.appliedSeq,
}
/** A set without its rows, which are many. */
export type GoldenSetRow = Omit<typeof goldenSet.$inferSelect, 'rows'>

const shown = 50

export const goldenQueries = (db: Rows) => ({
  async insert(row: typeof goldenSet.$inferInsert): Promise<GoldenSetRow> {
    const [inserted] = await db.insert(goldenSet).values(row).returning(listed)
    return inserted as GoldenSetRow
  },

  /** Index: primary key. */
  async byId(id: string): Promise<GoldenSetRow | null> {
    const [row] = await db.select(listed).from(goldenSet).where(eq(goldenSet.id, id))
    return row ?? null
  },

  /** What counts or is to be decided first, then the latest. Index: golden_set_model. */
  async of(modelKey: number): Promise<GoldenSetRow[]> {
    return db
      .select(listed)
      .from(goldenSet)
      .where(eq(goldenSet.modelKey, modelKey))
      .orderBy(desc(sql`coalesce(${goldenSet.decidedAt}, ${goldenSet.proposedAt})`), desc(goldenSet.id))
      .limit(shown)
  },

  /** Only while it is proposed. */
  async decide(id: string, state: GoldenState, by: string, at: Date): Promise<GoldenSetRow | null> {
    const [row] = await db
      .update(goldenSet)
      .set({ state, decidedBy: by, decidedAt: at })
      .where(and(eq(goldenSet.id, id), eq(goldenSet.state, 'proposed')))
      .returning(listed)
    return row ?? null
  },
})
