import type { AlertKind } from '@/lib/alert/finding'
import type { TrainingEvent } from '@/lib/redteam/stage'
import type { Random } from '../../drift/stream/random'
import type { Base } from '../base/base'

export interface Place {
  readonly feature: string
  readonly value: string | number | boolean
}

/** Part of a subject that a finding may name. `rows`: most of its `eventIds`; `part`: some values of a conjunction, not all. */
export type Naming = 'origin' | 'labeler' | 'pattern' | 'part' | 'place' | 'item' | 'label' | 'rows'

/** What was done, and what a finding has to name of it. */
export interface Told {
  readonly origins?: readonly string[]
  readonly labelers?: readonly string[]
  readonly patterns?: readonly string[]
  readonly place?: Place
  readonly item?: string
  readonly label?: string | number
  /** Any of these is right: one of the kinds, naming all of `by`. */
  readonly ways: readonly { readonly kinds: readonly AlertKind[]; readonly by: readonly Naming[] }[]
  /** Ids of the rows written, changed or (`gone`) taken away. */
  readonly rows: readonly string[]
  readonly gone?: boolean
}

export interface Played {
  readonly feed: readonly TrainingEvent[]
  /** Null: an honest look-alike, or nothing at all. */
  readonly told: Told | null
  /** Rows whose suspicion is scored although there is nobody to name. */
  readonly bad?: readonly string[]
  /** Who was careless: to say so (`quality.labeler`) is right. */
  readonly careless?: readonly string[]
  /** Rows were numbered at their source: what is taken away leaves gaps. */
  readonly gaps?: boolean
}

export interface Attack {
  readonly name: string
  readonly honest: boolean
  /** @returns null where it cannot be done to such rows. */
  play(base: Base, seed: string, random: Random): Played | null
}
