import { z } from 'zod'
import { type Last, lastMs, lasts } from './last'

/** A stretch of event time as callers ask for it; an absent end is left to the model. */
export const rangeInput = z.object({
  from: z.iso.datetime({ offset: true }).nullish(),
  to: z.iso.datetime({ offset: true }).nullish(),
  /** So long before `to`, where no `from` is given. */
  last: z.enum(lasts).nullish(),
})
export type RangeInput = z.input<typeof rangeInput>

export interface TimeRange {
  readonly from: Date
  readonly to: Date
}

/** Longest stretch that is read when nobody says where it begins: every table that grows is read within bounds. */
const defaultMs = 90 * 24 * 3600_000

/** What is asked for (`last` counts back from the end), else up to the latest event, and from the first one but at most 90 days back. Null: there is nothing yet. */
export function resolveRange(
  asked: { from?: string | null | undefined; to?: string | null | undefined; last?: Last | null | undefined },
  model: { firstEventAt: Date | null; lastEventAt: Date | null },
): TimeRange | null {
  const to = asked.to ? new Date(asked.to) : model.lastEventAt
  if (!to) return null
  if (asked.last && !asked.from) return { from: new Date(to.getTime() - lastMs[asked.last]), to }
  const earliest = to.getTime() - defaultMs
  const from = asked.from
    ? new Date(asked.from)
    : new Date(Math.max(earliest, Math.min(model.firstEventAt?.getTime() ?? earliest, to.getTime())))
  return { from, to }
}

/** A range that holds these moments too. */
export function widened(range: TimeRange, from: Date, to: Date): TimeRange {
  return {
    from: new Date(Math.min(range.from.getTime(), from.getTime())),
    to: new Date(Math.max(range.to.getTime(), to.getTime())),
  }
}
