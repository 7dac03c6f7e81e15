import type { Book } from '@/db/book'
import type { Said } from '@/ingest/batch/outputs'
import type { GoldenRow } from '@/lib/detect/detector'
import type { AssayEvent } from '@/lib/event/types'
import type { ModelConfig } from '@/lib/monitor/config'
import type { Monitor } from '@/lib/monitor/monitor'
import type { Judged, Judgements } from './judgements'

/** One model as this worker has it in memory. It is changed only while the transaction holds the model's row, and forgotten when that fails. */
export interface Watched {
  readonly id: string
  readonly key: number
  /** Sequence number of the next event: how many the monitor has seen. */
  seq: number
  /** `seq` of the latest snapshot. */
  snapshotSeq: number
  windowMs: number | null
  /** Another one from where its whole baseline was replaced. */
  monitor: Monitor
  /** The configuration that its monitor was made with. */
  readonly config: ModelConfig
  /** The trusted rows that count now. */
  golden: readonly GoldenRow[]
  readonly book: Book
  readonly judgements: Judgements
  /** Events that wait for the width of windows to be told, oldest first. */
  early: { readonly event: AssayEvent; readonly judged: Judged | null }[]
  /** Findings and verdicts that catching up brought to light, not yet stored. */
  readonly late: Said[]
}
