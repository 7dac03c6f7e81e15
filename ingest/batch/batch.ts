import { monitorFailedReason } from '@/ingest/monitor-failed'
import type { Taken } from '@/ingest/taken'

/** What one transaction writes: messages in the order in which they were taken, and how far each partition is read with them. */
export interface Batch {
  readonly messages: readonly Taken[]
  readonly strides: readonly Stride[]
}

/** A partition is read from `from` up to before `to`. */
export interface Stride {
  readonly topic: string
  readonly partition: number
  readonly from: number
  readonly to: number
}

/** Someone else has read on from where this batch starts: nothing of it was written, and the source must ask where to go on. */
export class Fenced extends Error {
  override readonly name = 'Fenced'
}

/** A detector threw on an event: it is refused with that, so that it cannot stop its partition for good. */
export class MonitorFailed extends Error {
  override readonly name = 'MonitorFailed'
  constructor(
    readonly taken: Taken,
    override readonly cause: unknown,
  ) {
    super(monitorFailedReason(cause))
  }
}
