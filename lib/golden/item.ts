import type { GoldenSetRow } from '@/db/queries/golden'
import type { GoldenSetItem } from '@/lib/view/golden'

/** A trusted set as lists show it. @param current the id of the one that counts. */
export const toGoldenItem = (row: GoldenSetRow, current: string | null): GoldenSetItem => ({
  id: row.id,
  hash: row.hash,
  rows: row.count,
  labels: row.labels,
  slices: row.slices,
  audit: row.audit,
  state: row.state === 'approved' && current !== null && row.id !== current ? 'replaced' : row.state,
  note: row.note,
  proposedBy: row.proposedBy,
  proposedAt: row.proposedAt.toISOString(),
  decidedBy: row.decidedBy,
  decidedAt: row.decidedAt?.toISOString() ?? null,
  fromEvent: row.appliedSeq,
})
