import type { ModelRow } from '@/db/queries/models'
import type { Tx } from '@/db/tx'
import { realisedRates } from '@/lib/backtest/rates'
import type { Realised } from '@/lib/view/rate'
import type { TimeRange } from './time-range'

/** What came of a model's promise over a stretch of event time: its incidents, and what people said of them. */
export async function realisedOf(tx: Tx, model: ModelRow, range: TimeRange): Promise<Realised> {
  const { budget } = model.config
  const byEvents = budget !== undefined && 'perEvents' in budget
  const [raised, first, end] = await Promise.all([
    tx.backtests.raisedLive(model.key, range.from, range.to),
    byEvents ? tx.places.seqAtTime(model.key, model.nextSeq, range.from) : 0,
    byEvents ? tx.places.seqAtTime(model.key, model.nextSeq, new Date(range.to.getTime() + 1)) : model.nextSeq,
  ])
  return realisedRates(
    budget,
    raised.map(({ incidentId, resolution }) => ({ incident: incidentId, resolution })),
    { ms: range.to.getTime() - range.from.getTime(), events: end - first },
  )
}
