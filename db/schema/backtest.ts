import { sql } from 'drizzle-orm'
import { bigint, index, integer, jsonb, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import type { BacktestResult } from '@/lib/backtest/result'
import type { ModelConfig } from '@/lib/monitor/config'
import { model } from './model'

export const backtestStates = ['running', 'done', 'failed', 'cancelled'] as const
export type BacktestState = (typeof backtestStates)[number]

/** One configuration over one stored past. Nothing that it raises becomes an alert; the result is kept with the run. */
export const backtest = pgTable(
  'backtest',
  {
    id: text('id').primaryKey(),
    modelKey: integer('model_key')
      .notNull()
      .references(() => model.key),
    state: text('state').$type<BacktestState>().notNull().default('running'),
    config: jsonb('config').$type<ModelConfig>().notNull(),
    /** Sequence numbers of the model's events that it reads: from ≤ seq < to. */
    fromSeq: bigint('from_seq', { mode: 'number' }).notNull(),
    toSeq: bigint('to_seq', { mode: 'number' }).notNull(),
    /** Events read so far. */
    done: bigint('done', { mode: 'number' }).notNull().default(0),
    result: jsonb('result').$type<BacktestResult>(),
    error: text('error'),
    startedBy: text('started_by').notNull(),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull(),
    /** Of the process that runs it: one that is silent for long has gone, and the run with it. */
    heardAt: timestamp('heard_at', { withTimezone: true }).notNull(),
    endedAt: timestamp('ended_at', { withTimezone: true }),
  },
  (t) => [
    index('backtest_model_started').on(t.modelKey, t.startedAt),
    uniqueIndex('backtest_one_running').on(t.modelKey).where(sql`${t.state} = 'running'`),
  ],
)
