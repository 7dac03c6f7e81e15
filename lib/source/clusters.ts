import type { z } from 'zod'
import type { Tx } from '@/db/tx'
import type { Context } from '@/lib/access/context'
import { tieWords } from '@/lib/detect/poison/sybil/accuse'
import { type Tie, ties } from '@/lib/detect/poison/sybil/ties'
import { findModel, modelInput } from '@/lib/model/find'
import type { Page } from '@/lib/view/page'
import type { SourceCluster } from '@/lib/view/source'

const mark = /^sybils (\w+)=/
const mostAlerts = 200
/** Named together they are one. */
const fewest = 3

/** Sources that look like one hand and are judged as one, those who were accused together first, then by the evidence against them. */
export async function readClusters(ctx: Context, input: z.input<typeof modelInput>): Promise<Page<SourceCluster>> {
  const { id } = modelInput.parse(input)
  await ctx.allow('model.read', id)
  return ctx.read(async (tx) => {
    const model = await findModel(tx, id)
    return { items: await clustersOf(tx, model), nextCursor: null }
  })
}

export async function clustersOf(
  tx: Tx,
  model: { readonly id: string; readonly key: number },
): Promise<SourceCluster[]> {
  const [alerts, units] = await Promise.all([
    tx.alerts.page({ model: model.id, kinds: ['poison'], models: null }, mostAlerts, null),
    tx.evidence.latest(model.key),
  ])
  const accused = alerts.flatMap((alert): SourceCluster[] => {
    const members = alert.subject.origins ?? []
    if (alert.state === 'resolved' || members.length < fewest) return []
    return [
      {
        id: alert.id,
        tie: null,
        why: alert.why,
        members: [...members],
        rows: alert.n,
        evidence: { logE: alert.logE, threshold: alert.threshold },
        state: 'poisoning',
        alertId: alert.id,
      },
    ]
  })
  const watched = units.flatMap(({ unit, subject, n, logE, threshold }): SourceCluster[] => {
    const tie = mark.exec(unit)?.[1]
    if (!isTie(tie)) return []
    return [
      {
        id: unit,
        tie,
        why: tieWords[tie],
        members: [...(subject.origins ?? [])],
        rows: n,
        evidence: { logE, threshold },
        state: logE > threshold - watchNats ? 'watch' : 'ok',
        alertId: null,
      },
    ]
  })
  return [...accused, ...watched]
}

/** Evidence that is within these nats of its threshold is watched: as of a source. */
const watchNats = 4
const isTie = (word: string | undefined): word is Tie => ties.some((tie) => tie === word)
