import type { Finding } from '@/lib/alert/finding'
import type { GoldenRow } from '@/lib/detect/detector'
import type { ModelConfig } from '@/lib/monitor/config'
import type { Told } from '../attack/attack'

/** A stream of Contract 1 with what was done to it. */
export interface PoisonStream {
  readonly name: string
  readonly base: string
  readonly attack: string
  readonly seed: string
  readonly real: boolean
  readonly model: string
  readonly lines: readonly object[]
  readonly config: ModelConfig
  readonly golden: readonly GoldenRow[]
  /** What was done, from which line on; null where nobody did anything. */
  readonly told: (Told & { readonly from: number }) | null
  /** Lines of the rows that were written, changed or (where they would have come) taken away, ascending. */
  readonly badLines: readonly number[]
  /** Ids of rows whose suspicion should be highest. */
  readonly bad: ReadonlySet<string>
  readonly careless: ReadonlySet<string>
}

/** What scoring needs of a finding, whoever raised it. */
export type Raised = Pick<Finding, 'eventIndex' | 'onsetIndex' | 'kind' | 'subject' | 'verdict'> & {
  readonly why?: string
}

/** What a tool said of a stream. */
export interface Said {
  readonly findings: readonly Raised[]
  /** Suspicion of training rows at arrival, by event id. */
  readonly scores: ReadonlyMap<string, number>
  readonly microsPerLine: number
}
