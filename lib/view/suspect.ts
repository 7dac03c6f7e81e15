import type { RecordRow } from './alert'

/** Training rows ranked again, looking back. */
export interface RankedSuspects {
  /** Latest training rows that were compared with one another, and the stretch of event time that they come from. */
  compared: number
  from: string | null
  to: string | null
  /** Who could tell: a forest, the nearest rows, a learner of the others. */
  views: ('forest' | 'neighbours' | 'learner')[]
  /** Why nothing can be said; null: something can. */
  cannot: string | null
  /** Labels that are wrong by all the chances together. */
  expectedWrong: number
  tookMs: number
  /** The most doubtful first. */
  items: RecordRow[]
}
