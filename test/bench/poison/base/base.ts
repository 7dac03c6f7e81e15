import type { ModelConfig } from '@/lib/monitor/config'
import type { Row, TrainingEvent } from '@/lib/redteam/stage'

/** An honest feed of training rows by a law of its seed (or recorded), with what an attacker of it has to know. */
export interface Base {
  readonly name: string
  readonly real: boolean
  readonly feed: readonly TrainingEvent[]
  /** Rows of the same law that nobody touched: for a golden set, and for what the model is asked in between. */
  readonly clean: readonly Row[]
  readonly config: ModelConfig
  /** The label that a row would have after the world's rule changed; made rows only. */
  readonly relabel?: (row: Row, u: number) => Row['label']
  /** The feature that names what is rated. */
  readonly item?: string
  /** What is a careless worker's lot from birth: to say so is right, to accuse him is not. */
  readonly careless?: readonly string[]
}

export interface BaseMaker {
  readonly name: string
  readonly real: boolean
  make(seed: string): Base
}

/** Training rows of a made feed. */
export const rowsOfFeed = 20_000
export const cleanRows = 6000

/** Rows in order of arrival as events of one model: `times` in milliseconds, or a minute apart. */
export const asFeed = (rows: readonly Row[], times?: readonly number[]): TrainingEvent[] =>
  rows.map((data, i) => ({
    type: 'ml.training.v1',
    id: `t-${String(i).padStart(6, '0')}`,
    source: '/feed',
    timeMs: times?.[i] ?? Date.UTC(2026, 2, 1) + i * 90_000,
    data,
  }))

export const isNumeric = (feed: readonly TrainingEvent[]) =>
  feed.every((event) => typeof event.data.label === 'number') &&
  new Set(feed.slice(0, 3000).map((event) => event.data.label)).size > 2
