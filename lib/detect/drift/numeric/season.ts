import { weekdaysDiffer } from '@/lib/detect/drift/code/strata'
import { weekHourOf } from '@/lib/detect/season'
import { binOfValue, quantileOf } from '@/lib/stats/quantile-edges'

/**
 * The usual level of a series of normal scores by hour of the week, learned on its first cycle, and what is left when it is taken away. Hours between
 * two known ones are interpolated, so that a level that climbs within the hour is followed.
 */
export interface NumericSeason {
  /** Which hours of the week are ranked together: 168 where days of the week differ in any way beyond weekday and weekend. */
  cells: number
  /** Which hours of the week share a level: 168 where the levels of days differ beyond weekday and weekend. */
  levels: number
  /** Level by hour of the week, Monday 0 h UTC first. */
  level: Float64Array
  /** Mean level, put back so that adjusted scores keep the column's place. */
  mean: number
}

export const weekHours = 168

/** Which hours of the week share a level: all days, weekdays and weekends, or none. */
const classOf = (hour: number, cells: number): number =>
  cells === 24 ? hour % 24 : cells === 168 ? hour : (hour % 24) + (hour >= 120 ? 24 : 0)

/** @param cells 24, 48 or 168 (lib/detect/season). */
export function learnSeason(values: readonly number[], timesMs: readonly number[], cells: number): NumericSeason {
  const shared = levelBy(values, timesMs, cells)
  const refine = cells === 48 && daysDiffer(values, timesMs, shared)
  const level = refine ? levelBy(values, timesMs, 168) : shared
  const apart = refine || (cells === 48 && shapesDiffer(values, timesMs, shared))
  const mean = level.reduce((a, b) => a + b, 0) / weekHours
  return { cells: apart ? 168 : cells, levels: refine ? 168 : cells, level, mean }
}

/** The same season without levels: rows are only told apart, of each weekday where weekdays differ. */
export const cellsOnly = (season: NumericSeason): NumericSeason => ({
  cells: season.levels,
  levels: season.levels,
  level: new Float64Array(weekHours),
  mean: 0,
})

/** The level that is usual at a time, by interpolation between the middles of hours. */
export function seasonLevel(season: NumericSeason, weekHour: number): number {
  const at = weekHour - 0.5
  const low = Math.floor(at)
  const a = season.level[(low + weekHours) % weekHours] as number
  const b = season.level[(low + 1) % weekHours] as number
  return a + (at - low) * (b - a)
}

export const adjust = (season: NumericSeason, value: number, weekHour: number): number =>
  value - seasonLevel(season, weekHour) + season.mean

/**
 * Baseline values as if their own hour of their own day had not helped to learn the level: what later values will look like, whose day did not
 * either. Without this the spread left over would be too small, and every later week look wider.
 */
export function adjustedBaseline(
  season: NumericSeason,
  values: readonly number[],
  timesMs: readonly number[],
): number[] {
  const days = new Map<string, { n: number; sum: number }>()
  const classes = new Map<number, { n: number; sum: number }>()
  const keys = timesMs.map((timeMs) => {
    const hour = Math.floor(weekHourOf(timeMs))
    return { own: `${Math.floor(timeMs / 3_600_000)}`, cell: classOf(hour, season.levels) }
  })
  const left = values.map((value, i) => value - seasonLevel(season, weekHourOf(timesMs[i] as number)))
  for (let i = 0; i < left.length; i++) {
    const { own, cell } = keys[i] as { own: string; cell: number }
    add(days, own, left[i] as number)
    add(classes, cell, left[i] as number)
  }
  return values.map((value, i) => {
    const { own, cell } = keys[i] as { own: string; cell: number }
    const day = days.get(own) as { n: number; sum: number }
    const all = classes.get(cell) as { n: number; sum: number }
    const rest = value - seasonLevel(season, weekHourOf(timesMs[i] as number))
    const others = all.n - day.n
    // Leaving out the hour of the day, or where that is all there is, the row alone.
    if (others > 0) return rest + season.mean + all.sum / all.n - (all.sum - day.sum) / others
    return rest + season.mean + (day.n > 1 ? ((left[i] as number) - day.sum / day.n) / (day.n - 1) : 0)
  })
}

function levelBy(values: readonly number[], timesMs: readonly number[], cells: number): Float64Array {
  const sums = new Map<number, { n: number; sum: number }>()
  for (let i = 0; i < values.length; i++)
    add(sums, classOf(Math.floor(weekHourOf(timesMs[i] as number)), cells), values[i] as number)
  const overall = values.reduce((a, b) => a + b, 0) / values.length
  return Float64Array.from({ length: weekHours }, (_, hour) => {
    // An hour without support takes in its neighbours, further and further.
    for (let reach = 0, n = 0, sum = 0; reach < 12; reach++) {
      for (const side of reach === 0 ? [0] : [-reach, reach]) {
        const own = sums.get(classOf((hour + side + weekHours) % weekHours, cells))
        n += own?.n ?? 0
        sum += own?.sum ?? 0
      }
      if (n >= leastSupport) return sum / n
    }
    return overall
  })
}

const leastSupport = 4

/** Do days of the week differ in the distribution about the shared level? By counts of its eighths, hour by hour. */
function shapesDiffer(values: readonly number[], timesMs: readonly number[], shared: Float64Array): boolean {
  const hours = timesMs.map((timeMs) => Math.floor(weekHourOf(timeMs)))
  const left = Float64Array.from(values, (value, i) => value - (shared[hours[i] as number] as number))
  const sorted = left.slice().sort()
  const edges = Float64Array.from({ length: 7 }, (_, i) => quantileOf(sorted, (i + 1) / 8))
  const byHour = Array.from({ length: weekHours }, () => new Float64Array(8))
  for (const [i, hour] of hours.entries()) {
    const own = byHour[hour] as Float64Array
    const bin = binOfValue(edges, left[i] as number)
    own[bin] = (own[bin] as number) + 1
  }
  return weekdaysDiffer(byHour)
}

/**
 * Do days of the week differ in level beyond weekday and weekend? What is left of each (day, hour) over the shared level: hours of one day, at least two apart, go
 * the same way when the day has a level of its own; chance and short correlation do not. z of the sum of their products.
 */
function daysDiffer(values: readonly number[], timesMs: readonly number[], shared: Float64Array): boolean {
  const n = new Float64Array(weekHours)
  const sum = new Float64Array(weekHours)
  for (let i = 0; i < values.length; i++) {
    const hour = Math.floor(weekHourOf(timesMs[i] as number))
    n[hour] = (n[hour] as number) + 1
    sum[hour] = (sum[hour] as number) + (values[i] as number) - (shared[hour] as number)
  }
  let products = 0
  let variance = 0
  const left = sum.map((total, hour) => total / Math.sqrt(Math.max(1, n[hour] as number)))
  for (let day = 0; day < weekHours; day += 24) {
    for (let a = day; a < day + 24; a++) {
      for (let b = a + 2; b < day + 24; b++) {
        const product = (left[a] as number) * (left[b] as number)
        products += product
        variance += product * product
      }
    }
  }
  return products > 4 * Math.sqrt(variance)
}

function add<K>(sums: Map<K, { n: number; sum: number }>, key: K, value: number): void {
  const own = sums.get(key) ?? { n: 0, sum: 0 }
  own.n++
  own.sum += value
  sums.set(key, own)
}
