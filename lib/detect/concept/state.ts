import type { ClassBook } from '@/lib/detect/concept/class-book'
import type { ClassFamily } from '@/lib/detect/concept/class-family'
import type { Episode } from '@/lib/detect/concept/episode'
import type { FeatureBytes, GatheredColumns } from '@/lib/detect/concept/feature-bytes'
import type { NumberFamily } from '@/lib/detect/concept/number-family'
import type { OpenPredictions } from '@/lib/detect/concept/open-predictions'
import type { VersionBook } from '@/lib/detect/concept/versions'
import type { Performance } from '@/lib/detect/prediction/performance'

/** What the family keeps of one model. */
export interface ConceptState {
  version: number
  baselineRows: number
  /** Events of the model that it read. */
  events: number
  /** The first rows' features until they are cut into bytes. */
  gathered: GatheredColumns | null
  book: FeatureBytes | null
  open: OpenPredictions
  classes: ClassBook
  versions: VersionBook
  /** Predictions that were numbers, and their first different values: many make a regression. */
  numbers: number
  distinct: number[]
  task: 'unknown' | 'classes' | 'numbers'
  /** Labels of the baseline that came within a hundred predictions; more than half make labels prompt. */
  promptRows: number
  prompt: boolean
  /** Mass of label lines not yet spent on a joined row. */
  pending: number
  classFamily: ClassFamily | null
  numberFamily: NumberFamily | null
  episode: Episode | null
  /** Number of the latest prediction when the episode opened. */
  openedAt: number
  /** Nats for the error being back at its approved level. */
  back: number
  performance: Performance
}
