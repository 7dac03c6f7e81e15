import { addHour, commonest, followsHours, type HourSums, startHours } from '@/lib/detect/hour-sums'
import { movesSmoothly } from '@/lib/detect/smooth'
import type { EventOf } from '@/lib/event/types'
import type { ModelConfig } from '@/lib/monitor/config'
import { isFiniteNumber } from '@/lib/stats/finite'

/**
 * Whether the model's inputs follow the hours of the day, found on the first rows, and the cell of the season that a time lies in.
 *
 * Vote      a numeric column votes for a season when its mean ranks by hour on day 1 and on day 2 correlate above .6 over at least 14 common
 *           hours, in all rows or in those of the commonest segment value; a fifth of the columns must.
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
  /** Value of the first segment key of those rows. */
  places: string[]
  /** Once the first rows are in and a day may be the reason for how they move: sums of ranks among them, by day and hour; of all rows, and of the commonest segment value. */
  days: Map<string, HourSums[]> | null
  /** Do enough columns move smoothly through first rows that span most of a day? */
  wandering: boolean
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
    places: [],
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
  state.places.push(placeOf(event))
  if (state.times.length < state.rows) return
  const span = state.lastMs - state.firstMs
  // Segments that have their noon at different hours may hide each other's day: one of them is looked at alone too.
  const where = commonest(state.places)
  const moving = [...state.columns.values()].filter(
    (column) => movesSmoothly(column) || (where !== null && movesSmoothly(rowsIn(column, state.places, where))),
  ).length
  const smooth = moving > 0 && moving >= quorum * state.columns.size
  const hold = span < leastSpanMs && smooth
  state.wandering = smooth && span >= slowSpanMs
  if (span >= leastSpanMs || hold) startDays(state, where)
  if (!hold) decide(state)
  state.columns = new Map()
  state.times = []
  state.places = []
}

function startDays(state: SeasonState, where: string | null): void {
  state.days = new Map()
  for (const [name, column] of state.columns) {
    const all = startHours(column, null)
    if (!all) continue
    const own = where === null ? null : startHours(rowsIn(column, state.places, where), where)
    const sums = own ? [all, own] : [all]
    state.days.set(name, sums)
    for (const [i, value] of column.entries())
      addAt(state, sums, value, state.places[i] as string, state.times[i] as number)
  }
}

const rowsIn = (column: readonly number[], places: readonly string[], where: string): number[] =>
  column.filter((_, i) => places[i] === where)

function addAt(
  { firstMs }: SeasonState,
  sums: readonly HourSums[],
  value: number,
  place: string,
  timeMs: number,
): void {
  const day = Math.floor((timeMs - firstMs) / dayMs)
  if (!Number.isFinite(value) || day > 1 || day < 0) return
  const hour = Math.floor(weekHourOf(timeMs) % 24)
  for (const one of sums) addHour(one, value, place, 24 * day + hour)
}

function addToDays(state: SeasonState, days: Map<string, HourSums[]>, event: EventOf<'ml.prediction.v1'>): void {
  const { features } = event.data
  const place = placeOf(event)
  for (const [name, sums] of days) {
    const value = features[name]
    if (isFiniteNumber(value)) addAt(state, sums, value, place, event.timeMs)
  }
  if (state.lastMs - state.firstMs >= twoDaysMs) decide(state)
}

/** The first segment key of a row, with its value. */
function placeOf(event: EventOf<'ml.prediction.v1'>): string {
  const { segment } = event.data
  for (const key in segment) return `${key}=${segment[key]}`
  return ''
}

function decide(state: SeasonState): void {
  const columns = [...(state.days?.values() ?? [])]
  const votes = columns.filter((sums) => sums.some(followsHours)).length
  state.cells = state.wandering || (votes > 0 && votes >= quorum * columns.length) ? 48 : 1
  state.days = null
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
