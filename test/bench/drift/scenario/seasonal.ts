import type { NumberColumn } from '../stream/columns'
import type { Labels } from '../stream/labels'
import { turned } from '../stream/rule'
import { anySeason, overDays } from '../stream/season'
import type { Scenario } from '../stream/truth'
import { type Plan, scenario, type World } from '../stream/world'
import { moved } from './inputs'

const dayMs = 86_400_000

interface Calendar {
  readonly days: number
  readonly weekly: 'none' | 'weekend' | 'weekdays'
  readonly labels?: Labels
  readonly rows?: number
}

/** A plan whose number columns go with the hours; `times` are the events'. */
function seasonal(
  w: World,
  { days, weekly, labels = 'never', rows = w.rows + 8000 }: Calendar,
): { plan: Plan; times: number[] } {
  const times = overDays(w.random, rows, days, w.random.chance(0.7))
  const season = anySeason(w.random, w.columns.numbers, weekly)
  const latent = (i: number, column: NumberColumn, z: number) => z + season(column, times[i] as number)
  return { plan: { rows, labels, clock: (i) => times[i] as number, latent }, times }
}

const shifted = (name: string, calendar: Calendar, segments?: number): Scenario =>
  scenario(
    'core',
    name,
    (w) => {
      const { plan, times } = seasonal(w, calendar)
      // After the days that a baseline takes, at any hour.
      const begin = times.findIndex(
        (ms) => ms > (times[0] as number) + (0.5 + 0.2 * w.random.uniform()) * calendar.days * dayMs,
      )
      const column = w.bystander
      return {
        ...plan,
        latent: (i, c, z) => (plan.latent?.(i, c, z) ?? z) + (c === column && i >= begin ? 0.7 : 0),
        truths: (line) => [moved(column.name, line(begin))],
      }
    },
    segments === undefined ? {} : { segments },
  )

/** Every weekday its own, 168 hours long; a holiday now and then is a Sunday. */
const weekly = (w: World, holidays: boolean) => {
  const rows = w.rows + 20_000
  const days = 35 + w.random.below(14)
  const times = overDays(w.random, rows, days, true)
  const season = anySeason(w.random, w.columns.numbers, 'weekdays')
  const first = times[0] as number
  const off = new Set(holidays ? [15, 26, 33].map((day) => Math.floor(first / dayMs) + day + w.random.below(4)) : [])
  const seasonMs = (ms: number) => {
    const day = Math.floor(ms / dayMs)
    if (!off.has(day)) return ms
    const sunday = day + ((7 - new Date(ms).getUTCDay()) % 7)
    return sunday * dayMs + (ms % dayMs)
  }
  const plan: Plan = {
    rows,
    labels: 'never',
    clock: (i) => times[i] as number,
    latent: (i, column, z) => z + season(column, seasonMs(times[i] as number)),
  }
  return { plan, times, days, first }
}

/** Hours in which labels are noisier, day by day: the error has a season, the inputs none. */
const nightly = (w: World) => {
  const rows = w.rows + 4000
  const times = overDays(w.random, rows, 16 + w.random.below(8), w.random.chance(0.5))
  const night = (ms: number) => (ms % dayMs < dayMs / 3 ? 0.3 : 0.04)
  return {
    rows,
    times,
    plan: { rows, clock: (i) => times[i] as number, labelNoise: (i) => night(times[i] as number) } satisfies Plan,
  }
}

/** Columns that go with the hour of the day, the weekend, the day of the week. */
export const seasons: readonly Scenario[] = [
  scenario('null', 'null-daily', (w) => seasonal(w, { days: 14 + w.random.below(14), weekly: 'none' }).plan),
  scenario(
    'null',
    'null-daily-labels',
    (w) => seasonal(w, { days: 12 + w.random.below(10), weekly: 'none', labels: 'prompt', rows: w.rows }).plan,
  ),
  scenario(
    'null',
    'null-weekend',
    (w) => seasonal(w, { days: 24 + w.random.below(10), weekly: 'weekend', rows: w.rows + 14_000 }).plan,
  ),
  scenario('null', 'null-weekly', (w) => weekly(w, false).plan, { features: 8 }),
  scenario('null', 'null-weekly-holidays', (w) => weekly(w, true).plan, { features: 8 }),
  scenario('null', 'null-seasonal-errors', (w) => nightly(w).plan),
  shifted('seasonal-shift', { days: 18, weekly: 'none' }),
  shifted('seasonal-shift-weekend', { days: 28, weekly: 'weekend' }),
  scenario(
    'unseen',
    'weekly-shift',
    (w) => {
      const { plan, times, days, first } = weekly(w, true)
      const begin = times.findIndex((ms) => ms > first + (0.6 + 0.15 * w.random.uniform()) * days * dayMs)
      const column = w.bystander
      return {
        ...plan,
        latent: (i, c, z) => (plan.latent?.(i, c, z) ?? z) + (c === column && i >= begin ? 0.7 : 0),
        truths: (line) => [moved(column.name, line(begin))],
      }
    },
    { features: 8 },
  ),
  scenario('unseen', 'seasonal-errors-concept', (w) => {
    const { plan, rows } = nightly(w)
    const begin = Math.floor(rows * (0.6 + 0.15 * w.random.uniform()))
    const other = turned(w.rule)
    return {
      ...plan,
      rule: (i) => (i >= begin ? other : w.rule),
      truths: (line) => [
        {
          kinds: ['drift.concept'],
          subject: {},
          from: line(begin),
          verdicts: ['concept-change'],
          follows: ['drift.label', 'drift.performance'],
        },
      ],
    }
  }),
]
