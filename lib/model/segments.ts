import { z } from 'zod'
import type { Tx } from '@/db/tx'
import type { Context } from '@/lib/access/context'
import { NotFound } from '@/lib/access/errors'
import { shareOfPromise } from '@/lib/evidence/share'
import type { SegmentBreakdown } from '@/lib/view/drift'
import { findModel, modelRangeInput } from './find'
import { breakDown } from './segment-parts'
import { watchedStream } from './stream'
import { resolveRange } from './time-range'

export const segmentsInput = modelRangeInput.extend({ feature: z.string().min(1).max(1024).nullish() })

/** Stored rows looked at on either side, the latest ones; and events of the model that are read to find them. */
const maxRows = 20_000
const maxEvents = 100_000

/**
 * Per segment value: its share of the rows of the baseline and of the range, and, for a feature, how far its rows moved and how much of the whole
 * movement is its own (the parts add up). Counted on demand over stored events, at most `maxRows` a side: the answer says how many they were.
 */
export async function readSegments(ctx: Context, input: z.input<typeof segmentsInput>): Promise<SegmentBreakdown> {
  const { id, feature = null, ...asked } = segmentsInput.parse(input)
  await ctx.allow('model.read', id)
  return ctx.read(async (tx) => {
    const model = await findModel(tx, id)
    const watched = await watchedStream(tx, model.key)
    const range = resolveRange(asked, model)
    const reference = feature === null ? undefined : watched?.baseline.sketches.get(feature)
    if (feature !== null && !reference)
      throw new NotFound(`the baseline of ${id} knows no feature ${JSON.stringify(feature)}`, { model: id, feature })
    const nothing = {
      feature,
      stream: watched?.stream ?? null,
      baselineRows: 0,
      rangeRows: 0,
      whole: true,
      moved: null,
      keys: [],
    }
    if (!watched || !range) return nothing
    const { stream } = watched
    const end = await tx.places.seqAtTime(model.key, model.nextSeq, new Date(range.to.getTime() + 1))
    const begin = await tx.places.seqAtTime(model.key, end, range.from)
    const from = Math.max(begin, end - maxEvents, watched.baseline.seq)
    const of = { modelKey: model.key, stream, feature, limit: maxRows }
    const [then, now, evidence] = await Promise.all([
      tx.segments.rows({ ...of, from: Math.max(0, watched.baseline.seq - maxEvents), to: watched.baseline.seq + 1 }),
      tx.segments.rows({ ...of, from, to: end }),
      evidenceOf(tx, model.key, range, feature),
    ])
    return {
      ...nothing,
      baselineRows: then.length,
      rangeRows: now.length,
      whole: from === Math.max(begin, watched.baseline.seq) && now.length < maxRows,
      ...breakDown(then, now, reference ?? null, evidence),
    }
  })
}

/** The most evidence about each segment value, as a share of the promise: `region north` → .8. */
async function evidenceOf(
  tx: Tx,
  modelKey: number,
  range: { from: Date; to: Date },
  feature: string | null,
): Promise<(key: string, value: string) => number | null> {
  const units = await tx.evidence.worstUnits({ modelKey, ...range, limit: 2000 })
  const most = new Map<string, number>()
  for (const unit of units) {
    const segment = Object.entries(unit.subject.segment ?? {})
    const [one] = segment
    if (!one || segment.length > 1) continue
    if (feature !== null && unit.subject.feature !== undefined && unit.subject.feature !== feature) continue
    const name = JSON.stringify([one[0], String(one[1])])
    most.set(name, Math.max(most.get(name) ?? 0, shareOfPromise(unit)))
  }
  return (key, value) => most.get(JSON.stringify([key, value])) ?? null
}
