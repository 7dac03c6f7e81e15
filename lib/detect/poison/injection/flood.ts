import type { Alarm, Detector } from '@/lib/detect/detector'
import type { Arrival, EventOf } from '@/lib/event/types'
import { floodStanding } from './flood-standing'
import { type FloodState, startFloodState } from './flood-state'
import { takeRow } from './take-row'
import { firstRows } from './voices'

/**
 * A flood: one row sent again and again, as it is or slightly changed, by one origin or by many that have just appeared.
 *
 * Watches   groups of near copies (./sketch.ts) among the last 8,192 rows: how fast each grows, and who sends them (./groups.ts); whether new origins only
 *           repeat what others said, or one another, with all numbers moved a little (./cohort.ts, ./alike.ts); and phrases of five words and more that some
 *           send in rows that have nothing else in common, under right labels (./phrases.ts): a secret that is to be learned by heart (poison.privacy).
 * Misses    copies rewritten in more than about a third of their words; numbers moved by more than a tenth, or all moved by old accounts; embeddings
 *           whose cosine with one another is .95 or less; a secret in fewer than a row in 300; a flood of less than a
 *           row in 1,000; one by many accounts that have waited for 3,000 rows each before; one in a stream where new accounts send most rows anyway; one
 *           sender's template where other senders have theirs (a newsletter looks the same), and a secret there; one that a single new account signs with.
 * Assumes   content that everybody sends is honest, however fast; what the stream's other copies did until 1,024 rows ago is usual here.
 * Evidence  M ← e·(M + mass) for growth and for voices of the group that the row joins; alarm when both are ≥ 1, at 8 copies at least.
 * Effect    share of the rows since its onset.
 * Source    Broder 1997; Pitman & Yor 1997; Shin, Ramdas & Rinaldo 2022; recipes/poisoning.md §5.
 *
 * @example  ten origins; from line 2,000 on every tenth row is one text with a word changed, from 20 new accounts → one finding at line 2070.
 */
type Training = EventOf<'ml.training.v1'>
export const flood: Detector<Record<string, never>, FloodState> = {
  id: 'poison.injection/flood',
  version: 4,
  reads: ['ml.training.v1'],
  spendsOn: ['ml.training.v1'],
  share: 0.3,
  wants: ['influence'],
  minSample: firstRows,
  params: {},
  init: startFloodState,
  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    const scores: { index: number; suspicion: number }[] = []
    for (const arrival of batch) {
      if (arrival.event.type !== 'ml.training.v1') continue
      takeRow(state, arrival as Arrival<Training>, ctx, alarms, scores)
    }
    return { state, alarms, scores }
  },
  standing: floodStanding,
}
