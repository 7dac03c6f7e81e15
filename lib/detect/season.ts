import type { EventOf } from '@/lib/event/types'
import type { ModelConfig } from '@/lib/monitor/config'
import { isFiniteNumber } from '@/lib/stats/finite'

/**
 * Whether the model's inputs follow the hours of the day, found on the first rows, and the cell of the season that a time lies in.
 *
 * Vote      a numeric column votes for a season when its mean ranks by hour on day 1 and on day 2 correlate above .6 over at least 14 common
 *           hours; a fifth of the columns must.
 * Short     first rows that span less than 40 hours cannot show a day. Where a fifth of the columns move smoothly through them, beyond chance and
 *           beyond their own short-range correlation (`movesSmoothly`), a day may be the reason: nothing is armed until two days were seen.
 * Week      Where they move smoothly over a day or more and yet not by the hour, a week may be the reason: treated as a season.
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
  /** Once the first rows are in and a day may be the reason for how they move: sums of ranks among them, by day and hour. */
  days: Map<string, HourSums> | null
  /** Do enough columns move smoothly through first rows that span most of a day? */
  wandering: boolean
}

interface HourSums {
  sorted: Float64Array
  /** Two days of 24 hours. */
  sum: Float64Array
  n: Float64Array
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const mostColumns = 64
const leastSpanMs = 40 * hourMs
const twoDaysMs = 48 * hourMs
const slowSpanMs = 20 * hourMs
const cycleMs = 7 * dayMs
/** Share of the columns that make a season. */
const quorum = 0.2

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
    days: null,
    wandering: false,
  }
}

export function addToSeason(state: SeasonState, event: EventOf<'ml.prediction.v1'>): void {
  if (state.complete) return
  state.firstMs = Math.min(state.firstMs, event.timeMs)
  state.lastMs = Math.max(state.lastMs, event.timeMs)
  if (Number.isNaN(state.cells)) {
    if (state.days) addToDays(state, state.days, event)
    else gather(state, event)
  }
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
  const span = state.lastMs - state.firstMs
  const moving = [...state.columns.values()].filter((column) => movesSmoothly(column)).length
  const smooth = moving > 0 && moving >= quorum * state.columns.size
  const hold = span < leastSpanMs && smooth
  state.wandering = smooth && span >= slowSpanMs
  if (span >= leastSpanMs || hold) startDays(state)
  if (!hold) decide(state)
  state.columns = new Map()
  state.times = []
}

function startDays(state: SeasonState): void {
  state.days = new Map()
  for (const [name, column] of state.columns) {
    const sorted = Float64Array.from(column.filter(Number.isFinite)).sort()
    if (sorted.length === 0 || sorted[0] === sorted[sorted.length - 1]) continue
    const sums = { sorted, sum: new Float64Array(48), n: new Float64Array(48) }
    for (const [i, value] of column.entries()) addHour(sums, value, state.times[i] as number, state.firstMs)
    state.days.set(name, sums)
  }
}

function addToDays(state: SeasonState, days: Map<string, HourSums>, event: EventOf<'ml.prediction.v1'>): void {
  const { features } = event.data
  for (const [name, sums] of days) {
    const value = features[name]
    if (isFiniteNumber(value)) addHour(sums, value, event.timeMs, state.firstMs)
  }
  if (state.lastMs - state.firstMs >= twoDaysMs) decide(state)
}

function addHour(sums: HourSums, value: number, timeMs: number, firstMs: number): void {
  const day = Math.floor((timeMs - firstMs) / dayMs)
  if (!Number.isFinite(value) || day > 1 || day < 0) return
  const at = 24 * day + Math.floor(weekHourOf(timeMs) % 24)
  sums.sum[at] = (sums.sum[at] as number) + rankOf(sums.sorted, value)
  sums.n[at] = (sums.n[at] as number) + 1
}

function decide(state: SeasonState): void {
  const columns = [...(state.days?.values() ?? [])]
  const votes = columns.filter(followsHours).length
  state.cells = state.wandering || (votes > 0 && votes >= quorum * columns.length) ? 48 : 1
  state.days = null
}

function followsHours({ sum, n }: HourSums): boolean {
  const hours: { a: number; b: number; weight: number }[] = []
  for (let h = 0; h < 24; h++) {
    const [a, b] = [n[h] as number, n[24 + h] as number]
    if (a === 0 || b === 0) continue
    hours.push({ a: (sum[h] as number) / a, b: (sum[24 + h] as number) / b, weight: (a * b) / (a + b) })
  }
  return hours.length >= 14 && correlation(hours) > 0.6
}

/**
 * Does a column move smoothly through its rows? Power of its ranks' slowest two cosines, against that of the fifth to the twenty-fourth: the
 * spectrum of short-range correlation is flat down there, that of a day seen in part is not. F with 2 and 20 degrees of freedom, 1 in 10,000.
 */
export function movesSmoothly(column: readonly number[]): boolean {
  const finite = column.filter(Number.isFinite)
  const sorted = Float64Array.from(finite).sort()
  if (sorted.length < 200 || sorted[0] === sorted[sorted.length - 1]) return false
  const ranks = finite.map((value) => rankOf(sorted, value))
  const power = (k: number) => {
    let sum = 0
    for (let i = 0; i < ranks.length; i++)
      sum += ((ranks[i] as number) - 0.5) * Math.cos((Math.PI * k * (i + 0.5)) / ranks.length)
    return sum * sum
  }
  let fast = 0
  for (let k = 5; k < 25; k++) fast += power(k) / 20
  return (power(1) + power(2)) / 2 > 14.8 * fast
}

/** Mid-rank of a value among sorted ones, 0 to 1. */
function rankOf(sorted: Float64Array, value: number): number {
  const count = (below: (x: number) => boolean) => {
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (below(sorted[middle] as number)) low = middle + 1
      else high = middle
    }
    return low
  }
  return (count((x) => x < value) + count((x) => x <= value)) / 2 / sorted.length
}

/** Weighted by how much is known of both: quiet hours of the night have few rows. */
function correlation(hours: readonly { a: number; b: number; weight: number }[]): number {
  const total = hours.reduce((sum, { weight }) => sum + weight, 0)
  const meanA = hours.reduce((sum, { a, weight }) => sum + a * weight, 0) / total
  const meanB = hours.reduce((sum, { b, weight }) => sum + b * weight, 0) / total
  let ab = 0
  let aa = 0
  let bb = 0
  for (const { a, b, weight } of hours) {
    ab += weight * (a - meanA) * (b - meanB)
    aa += weight * (a - meanA) ** 2
    bb += weight * (b - meanB) ** 2
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0
}

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
