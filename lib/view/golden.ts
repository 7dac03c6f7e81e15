import type { GoldenAudit } from '@/lib/golden/audit'

/** A trusted set. `replaced`: approved, and another one counts now. */
export interface GoldenSetItem {
  id: string
  hash: string
  rows: number
  labels: Record<string, number>
  slices: Record<string, number>
  audit: GoldenAudit
  state: 'proposed' | 'approved' | 'rejected' | 'replaced'
  note: string | null
  proposedBy: string
  proposedAt: string
  decidedBy: string | null
  decidedAt: string | null
  /** The model's event before which it was taken on; null: it waits for the next one. */
  fromEvent: number | null
}
