/** What the model expects to err at an hour of the day: afternoons may be harder than nights, and are no fall for that. */
export interface Hours {
  sum: Float64Array
  n: Float64Array
}

export const hours = 24
const hourMs = 3_600_000
export const startHours = (): Hours => ({ sum: new Float64Array(hours), n: new Float64Array(hours) })
const hourOf = (timeMs: number): number => ((Math.floor(timeMs / hourMs) % hours) + hours) % hours

export function noteHour({ sum, n }: Hours, error: number, timeMs: number): void {
  if (!Number.isFinite(timeMs)) return
  const hour = hourOf(timeMs)
  sum[hour] = (sum[hour] as number) + error
  n[hour] = (n[hour] as number) + 1
}
