const minute = 60_000
const ladder = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * minute)
const wanted = 50
/** Events of a model from which its window width is told. */
export const enoughToTell = 200

/**
 * The width, in milliseconds of event time, of windows that hold some 50 events at the rate of these first ones, from 1 minute to 1 day. The
 * middle nine tenths of the times decide, so that a clock that is off here and there does not.
 * @param times milliseconds since 1970, in any order.
 */
export function windowWidth(times: readonly number[]): number {
  const sorted = Float64Array.from(times).sort()
  const low = Math.floor(sorted.length * 0.05)
  const high = Math.ceil(sorted.length * 0.95) - 1
  const span = (sorted[high] ?? 0) - (sorted[low] ?? 0)
  const perEvent = span / Math.max(1, high - low)
  return ladder.find((width) => width >= perEvent * wanted) ?? (ladder.at(-1) as number)
}
