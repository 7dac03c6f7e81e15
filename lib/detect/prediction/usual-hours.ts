import { noConfidence } from '@/lib/detect/concept/confidence'
import { leafAt } from '@/lib/detect/concept/like-rows'
import { type OpenPredictions, oldest } from '@/lib/detect/concept/open-predictions'
import { hours, noteHour, startHours } from '@/lib/detect/prediction/hours'
import { expectedError, type Performance, top } from '@/lib/detect/prediction/performance'

/** Rows of the whole day that an hour's mean is shrunk to. */
const prior = 50

/** What a prediction's confidence, or its leaf, says of its error: the value that is ranked. NaN: nothing. */
export function valueAt(p: Performance, open: OpenPredictions, place: number): number {
  if (p.tree) return p.leafError[leafAt(p.tree, open, place)] as number
  const byte = open.confidence[place] as number
  return byte === noConfidence ? Number.NaN : top - byte
}

/** The expected error that the rows before prediction `from` had at the hours of those since. @param usual of all hours. */
export function usualSince(p: Performance, open: OpenPredictions, from: number, usual: number): number {
  const since = startHours()
  for (let row = Math.max(from, oldest(open)); row < open.next; row++) {
    const place = row % open.capacity
    const value = valueAt(p, open, place)
    if (!Number.isNaN(value)) noteHour(since, expectedError(p, value), open.timeMs[place] as number)
  }
  let sum = 0
  let rows = 0
  for (let hour = 0; hour < hours; hour++) {
    const here = since.n[hour] as number
    const before = Math.max(0, (p.hours.n[hour] as number) - here)
    const error = Math.max(0, (p.hours.sum[hour] as number) - (since.sum[hour] as number))
    sum += (here * (error + prior * usual)) / (before + prior)
    rows += here
  }
  return rows > 0 ? sum / rows : usual
}
