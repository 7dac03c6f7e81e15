import { z } from 'zod'
import type { BacktestRow } from '@/db/queries/backtests'
import type { Tx } from '@/db/tx'
import type { Context } from '@/lib/access/context'
import { NotFound } from '@/lib/access/errors'
import { findModel, modelId, modelInput } from '@/lib/model/find'
import type { BacktestDetail, BacktestItem } from '@/lib/view/backtest'
import type { Page } from '@/lib/view/page'
import { matchOf } from './match'
import { realisedRates } from './rates'
import { silentMs } from './start'

export const backtestRunInput = z.object({ id: modelId, run: z.string().min(1).max(200) })

type Listed = Omit<BacktestRow, 'result'> & { alarms: number | null; incidents: number | null }

const toItem = (row: Listed, model: string, now: Date): BacktestItem => {
  const lost = row.state === 'running' && now.getTime() - row.heardAt.getTime() > silentMs
  return {
    id: row.id,
    model,
    state: lost ? 'failed' : row.state,
    config: row.config,
    done: row.done,
    total: row.toSeq - row.fromSeq,
    fromEvent: row.fromSeq,
    toEvent: row.toSeq,
    alarms: row.alarms,
    incidents: row.incidents,
    error: lost ? 'the process that ran it ended before it did; start it again' : row.error,
    startedBy: row.startedBy,
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }
}

/** The latest runs of a model, newest first. */
export async function listBacktests(ctx: Context, input: z.input<typeof modelInput>): Promise<Page<BacktestItem>> {
  const { id } = modelInput.parse(input)
  await ctx.allow('model.read', id)
  return ctx.read(async (tx) => {
    const model = await findModel(tx, id)
    const rows = await tx.backtests.latest(model.key)
    return { items: rows.map((row) => toItem(row, id, ctx.now)), nextCursor: null }
  })
}

/** @throws NotFound where the model has no such run. */
export async function findBacktest(tx: Tx, id: string, run: string): Promise<BacktestRow> {
  const model = await findModel(tx, id)
  const row = await tx.backtests.byId(run)
  if (!row || row.modelKey !== model.key) throw new NotFound(`${id} has no backtest ${JSON.stringify(run)}`, { run })
  return row
}

/** One run: how far it is, and, once it is done, its alarms beside what live raised over the same time, and the promise beside both. */
export async function readBacktest(ctx: Context, input: z.input<typeof backtestRunInput>): Promise<BacktestDetail> {
  const { id, run } = backtestRunInput.parse(input)
  await ctx.allow('model.read', id)
  return ctx.read(async (tx) => {
    const row = await findBacktest(tx, id, run)
    const { result } = row
    const item = toItem({ ...row, alarms: result?.alarms ?? null, incidents: result?.incidents ?? null }, id, ctx.now)
    if (!result?.fromAt || !result.toAt) return { ...item, result: null }
    const live = await tx.backtests.raisedLive(row.modelKey, new Date(result.fromAt), new Date(result.toAt))
    const model = await findModel(tx, id)
    const matched = result.findings.map((alarm) => ({ alarm, raised: matchOf(alarm, live) }))
    const span = { ms: Date.parse(result.toAt) - Date.parse(result.fromAt), events: result.events }
    const ours = matched.map(({ alarm, raised }) => ({
      incident: alarm.incident,
      resolution: raised?.resolution ?? null,
    }))
    const theirs = live.map(({ incidentId, resolution }) => ({ incident: incidentId, resolution }))
    return {
      ...item,
      result: {
        events: result.events,
        failed: result.failed,
        fromAt: result.fromAt,
        toAt: result.toAt,
        verdictChanges: result.verdictChanges,
        alarms: matched.map(({ alarm, raised }) => ({
          ...alarm,
          alertId: raised?.alertId ?? null,
          resolution: raised?.resolution ?? null,
        })),
        live: live.map(({ onsetAt, firedAt, ...rest }) => ({
          ...rest,
          onsetAt: onsetAt.toISOString(),
          firedAt: firedAt.toISOString(),
          found: matched.some(({ raised }) => raised?.alertId === rest.alertId),
        })),
        delay: medianDelay(result.findings),
        rates: realisedRates(row.config.budget, ours, span),
        liveRates: realisedRates(model.config.budget, theirs, span),
        elapsedMs: result.elapsedMs,
      },
    }
  })
}

function medianDelay(alarms: readonly { delayEvents: number; delayMs: number }[]) {
  if (alarms.length === 0) return null
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0
  return { events: middle(alarms.map((a) => a.delayEvents)), ms: middle(alarms.map((a) => a.delayMs)) }
}
