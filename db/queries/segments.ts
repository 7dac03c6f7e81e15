import { sql } from 'drizzle-orm'
import { type Book, loadBook } from '@/db/book'
import { eventTypes } from '@/db/event-types'
import type { Rows } from '@/db/tx'
import type { FeatureValue } from '@/lib/event/types'

/** One prediction, or training row: its segment, and the value of one feature. */
export interface SegmentRow {
  readonly segment: Readonly<Record<string, FeatureValue>>
  readonly value: FeatureValue | undefined
}

/** What stands in a slot of `event.codes` that is no word. */
const absent = 0
const spelledOut = -2

export const segmentQueries = (db: Rows) => ({
  /**
   * Rows of a model's stream with from ≤ seq < to that carry a segment, the latest first, at most `limit`; the caller bounds the range.
   * Index: event_seq (BRIN) of each day.
   */
  async rows(of: {
    modelKey: number
    stream: 'prediction' | 'training'
    from: number
    to: number
    feature: string | null
    limit: number
  }): Promise<SegmentRow[]> {
    const book = await loadBook(db as Parameters<typeof loadBook>[0], of.modelKey)
    const planned = of.feature === null ? undefined : book.features.get(of.feature)
    const slot = (planned?.slot ?? 0) + 1
    const value =
      planned === undefined
        ? sql`null::float8 as number, null::int as code`
        : planned.kind === 'number'
          ? sql`coalesce(e.numbers4[${slot}]::float8, e.numbers8[${slot}]) as number, null::int as code`
          : sql`null::float8 as number, e.codes[${slot}]::int as code`
    const type = eventTypes.indexOf(of.stream === 'prediction' ? 'ml.prediction.v1' : 'ml.training.v1') + 1
    const rows = await db.execute<{ segment: number; number: number | null; code: number | null }>(sql`
      select e.segment, ${value} from event e
      where e.model_key = ${of.modelKey} and e.seq >= ${of.from} and e.seq < ${of.to} and e.type = ${type} and e.segment is not null
      order by e.seq desc limit ${of.limit}`)
    const segments = new Map<number, SegmentRow['segment']>()
    return rows.map((row) => {
      let segment = segments.get(row.segment)
      if (!segment) {
        segment = JSON.parse(book.segment.values[row.segment] ?? '{}') as SegmentRow['segment']
        segments.set(row.segment, segment)
      }
      return { segment, value: planned ? featureValue(planned, row) : undefined }
    })
  },
})

function featureValue(
  planned: NonNullable<ReturnType<Book['features']['get']>>,
  { number, code }: { number: number | null; code: number | null },
): FeatureValue | undefined {
  if (planned.kind === 'number') return number !== null && Number.isNaN(number) ? undefined : number
  if (code === null || code === absent) return undefined
  if (code === -1) return null
  if (code === spelledOut) return '(other)'
  if (code === -3 || code === -4) return code === -4
  return planned.words?.values[code] ?? '(other)'
}
