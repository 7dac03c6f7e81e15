import type { Context } from '@/lib/detect/detector'
import { readSegment } from '@/lib/detect/drift/segment/codes'
import type { Frame } from '@/lib/detect/frame'
import type { FlagRow } from '@/lib/detect/quality/flag-unit'
import type { Segment } from '@/lib/event/types'

const dayMs = 86_400_000

export const hourOf = (timeMs: number) => Math.floor((((timeMs % dayMs) + dayMs) % dayMs) / 3_600_000)

let context: Context | null = null
let frame: Frame | null = null
let own: Segment | undefined
const codes = new Uint8Array(64)

/** One object for all rows: its values are good until the next. */
const row = {
  row: 0,
  spend: 0,
  hour: 0,
  segment: 0,
  uniform: (n: number): number => context?.uniform('quality/flags', n) ?? 0.5,
  familiar: (): boolean => frame === null || readSegment(frame.segments, own, codes),
}

export function flagRow(of: Frame, segment: Segment | undefined, hour: number, spend: number, ctx: Context): FlagRow {
  context = ctx
  frame = of
  own = segment
  row.row = of.row
  row.spend = spend
  row.hour = Math.min(255, hour)
  row.segment = Math.min(254, of.stratum)
  return row
}
