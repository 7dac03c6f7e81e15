import type { AlertKind, Subject, Verdict } from '@/lib/alert/finding'

/** One thing that happened in a made stream, written down when it was made. */
export interface Truth {
  /** Any of these kinds names it. */
  readonly kinds: readonly AlertKind[]
  /** Keys that the finding's subject must hold, with these values. */
  readonly subject: Subject
  /** Line of the first affected event, and the last line at which finding it counts. */
  readonly from: number
  readonly to?: number
  readonly verdicts?: readonly Verdict[]
  /** True findings that follow from it and count neither as found nor as false. */
  readonly follows?: readonly AlertKind[]
}

export interface MadeStream {
  readonly name: string
  readonly lines: readonly object[]
  readonly truths: readonly Truth[]
}
