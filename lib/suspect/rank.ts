import { z } from 'zod'
import { latestTrainingRows } from '@/db/queries/events'
import type { Context } from '@/lib/access/context'
import { Busy } from '@/lib/access/errors'
import { toRecords } from '@/lib/alert/records'
import { formatTime } from '@/lib/event/time'
import type { TrainingData } from '@/lib/event/types'
import { findModel, modelId } from '@/lib/model/find'
import type { RankedSuspects } from '@/lib/view/suspect'
import { lookBack } from './look-back'

export const rankSuspectsInput = z.object({
  id: modelId,
  /** Latest training rows that are compared with one another. */
  rows: z.coerce.number().int().min(60).max(5000).default(2000),
  origin: z.string().max(1024).nullish(),
  /** Rows whose label is wrong with this chance at least. */
  least: z.coerce.number().min(0).max(1).default(0.5),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})

/** It takes a second or two of the process: so many at once. */
const mostAtOnce = 2
let running = 0

/**
 * The latest training rows of a model ranked again, looking back, the most doubtful first: all are compared, and those of `origin` listed where it is given.
 * Reads, and keeps nothing. @throws Busy, NotFound
 */
export async function rankSuspects(ctx: Context, input: z.input<typeof rankSuspectsInput>): Promise<RankedSuspects> {
  await ctx.allow('suspect.rank')
  const { id, rows, origin, least, limit } = rankSuspectsInput.parse(input)
  await ctx.allow('suspect.rank', id)
  if (running >= mostAtOnce) throw new Busy('rows are being ranked already; try again in some seconds')
  running++
  try {
    const { stored, accused } = await ctx.read(async (tx) => {
      const model = await findModel(tx, id)
      const stored = await latestTrainingRows(tx.db, model, rows)
      const sources = await tx.sources.of(model.key)
      return { stored, accused: new Set(sources.filter((s) => s.state === 'poisoning').map((s) => s.origin)) }
    })
    const startedMs = performance.now()
    const looked = await lookBack(
      stored.map(({ event }) => ({ row: event.data as TrainingData, label: (event.data as TrainingData).label })),
    )
    const tookMs = Math.round(performance.now() - startedMs)
    const worst = stored
      .map((event, i) => ({ event, said: looked.rows[i] ?? null }))
      .flatMap(({ event, said }) => {
        const its = (event.event.data as TrainingData).origin.id
        return said && said.score >= least && (!origin || its === origin) ? [{ event, said, its }] : []
      })
      .sort((a, b) => b.said.score - a.said.score || a.event.seq - b.event.seq)
      .slice(0, limit)
    const sum = looked.rows.reduce((total, said) => total + (said?.score ?? 0), 0)
    return {
      compared: stored.length,
      from: stored[0] ? formatTime(stored[0].event.timeMs) : null,
      to: stored.length > 0 ? formatTime(stored.at(-1)?.event.timeMs ?? 0) : null,
      views: [...looked.views],
      cannot: looked.cannot,
      expectedWrong: Math.round(sum),
      tookMs,
      items: worst.flatMap(({ event, said, its }) => {
        const [record] = toRecords([event], 'poison.targeted', {})
        if (!record) return []
        const reasons = [...said.reasons, ...(accused.has(its) ? [`from ${its}, which is held for poisoning`] : [])]
        return [{ ...record, score: Number(said.score.toFixed(4)), reasons }]
      }),
    }
  } finally {
    running--
  }
}
