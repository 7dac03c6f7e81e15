import type { EventOf } from '@/lib/event/types'
import type { ModelConfig } from '@/lib/monitor/config'
import { isFiniteNumber } from '@/lib/stats/finite'

/**
 * Whether the model's inputs follow the hours of the day, found once on the first rows, and the cell of the season that a time lies in.
 *
 * Vote      a numeric column votes for a season when its mean ranks by hour on day 1 and on day 2 correlate above .6 over at least 14 common
 *           hours; a fifth of the columns must. Needs first rows that span 40 hours.
 * Cells     hour of the day × weekday or weekend (48), filled by the first 7 days.
 * Source    recipes/drift.md §3 "Season".
 */
export interface SeasonState {
  wanted: NonNullable<ModelConfig['seasonality']>
  rows: number
  /** Number of cells; NaN until it is decided. */
  cells: number
  /** One whole cycle was seen. */
  complete: boolean
  firstMs: number
  lastMs: number
  /** Numeric columns of the first rows, until it is decided: by name, values in order of arrival (NaN: none). */
  columns: Map<string, number[]>
  times: number[]
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const mostColumns = 64
const leastSpanMs = 40 * hourMs
const cycleMs = 7 * dayMs

export function startSeason(wanted: SeasonState['wanted'], rows: number): SeasonState {
  const cells = wanted === 'none' ? 1 : wanted === 'hour-of-day' ? 24 : wanted === 'hour-of-week' ? 168 : Number.NaN
  return {
    wanted,
    rows,
    cells,
    complete: wanted === 'none',
    firstMs: Number.POSITIVE_INFINITY,
    lastMs: Number.NEGATIVE_INFINITY,
    columns: new Map(),
    times: [],
  }
}

export function addToSeason(state: SeasonState, event: EventOf<'ml.prediction.v1'>): void {
  if (state.complete) return
  state.firstMs = Math.min(state.firstMs, event.timeMs)
  state.lastMs = Math.max(state.lastMs, event.timeMs)
  if (Number.isNaN(state.cells)) gather(state, event)
  if (Number.isNaN(state.cells)) return
  const cycle = state.wanted === 'hour-of-day' ? dayMs : cycleMs
  if (state.cells === 1 || state.lastMs - state.firstMs >= cycle) state.complete = true
}

function gather(state: SeasonState, event: EventOf<'ml.prediction.v1'>): void {
  const { features } = event.data
  for (const name in features) {
    const value = features[name]
    if (!isFiniteNumber(value)) continue
    let column = state.columns.get(name)
    if (!column) {
      if (state.columns.size >= mostColumns) continue
      column = []
      state.columns.set(name, column)
    }
    while (column.length < state.times.length) column.push(Number.NaN)
    column.push(value)
  }
  state.times.push(event.timeMs)
  if (state.times.length < state.rows) return
  state.cells = seasonal(state) ? 48 : 1
  state.columns = new Map()
  state.times = []
}

function seasonal(state: SeasonState): boolean {
  if (state.lastMs - state.firstMs < leastSpanMs || state.columns.size === 0) return false
  let votes = 0
  for (const column of state.columns.values()) if (followsHours(column, state.times, state.firstMs)) votes++
  return votes >= 0.2 * state.columns.size
}

function followsHours(column: readonly number[], times: readonly number[], firstMs: number): boolean {
  const sorted = Float64Array.from(column.filter(Number.isFinite)).sort()
  if (sorted.length === 0 || sorted[0] === sorted[sorted.length - 1]) return false
  const sum = [new Float64Array(24), new Float64Array(24)]
  const n = [new Float64Array(24), new Float64Array(24)]
  for (let i = 0; i < column.length; i++) {
    const value = column[i] as number
    const day = Math.floor(((times[i] as number) - firstMs) / dayMs)
    if (!Number.isFinite(value) || day > 1) continue
    const hour = hourOf(times[i] as number)
    const s = sum[day] as Float64Array
    const c = n[day] as Float64Array
    s[hour] = (s[hour] as number) + rankOf(sorted, value)
    c[hour] = (c[hour] as number) + 1
  }
  const pairs: [number, number][] = []
  for (let h = 0; h < 24; h++) {
    const [a, b] = [n[0]?.[h] ?? 0, n[1]?.[h] ?? 0]
    if (a > 0 && b > 0) pairs.push([(sum[0]?.[h] ?? 0) / a, (sum[1]?.[h] ?? 0) / b])
  }
  return pairs.length >= 14 && correlation(pairs) > 0.6
}

function rankOf(sorted: Float64Array, value: number): number {
  let lo = 0
  let hi = sorted.length
  while (lo < hi) {
    const mid = (lo + hi) >> 1
    if ((sorted[mid] as number) < value) lo = mid + 1
    else hi = mid
  }
  return lo / sorted.length
}

function correlation(pairs: readonly (readonly [number, number])[]): number {
  const n = pairs.length
  const ma = pairs.reduce((s, [a]) => s + a, 0) / n
  const mb = pairs.reduce((s, [, b]) => s + b, 0) / n
  let ab = 0
  let aa = 0
  let bb = 0
  for (const [a, b] of pairs) {
    ab += (a - ma) * (b - mb)
    aa += (a - ma) ** 2
    bb += (b - mb) ** 2
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0
}

const hourOf = (timeMs: number) => Math.floor((((timeMs % dayMs) + dayMs) % dayMs) / hourMs)

/** Hours since Monday 0 h UTC, 0 to 168. */
export function weekHourOf(timeMs: number): number {
  // 1 January 1970 was a Thursday.
  const hours = (timeMs / hourMs + 72) % 168
  return hours < 0 ? hours + 168 : hours
}

/** Cell of a time in a season of so many cells: 0 … cells − 1. */
export function seasonCell(cells: number, timeMs: number): number {
  const hour = Math.floor(weekHourOf(timeMs))
  if (cells === 168) return hour
  return (hour % 24) + (cells === 48 && hour >= 120 ? 24 : 0)
}

/** @returns 0 … cells − 1; 0 while the season is not known. Times are UTC. */
export const cellOf = (state: SeasonState, timeMs: number): number =>
  state.cells > 1 ? seasonCell(state.cells, timeMs) : 0
