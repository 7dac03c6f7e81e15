import type { NumberColumn } from '../stream/columns'
import { anySeason, overDays } from '../stream/season'
import type { Scenario } from '../stream/truth'
import { type Labels, type Plan, scenario, type World } from '../stream/world'
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
  shifted('seasonal-shift', { days: 18, weekly: 'none' }),
  shifted('seasonal-shift-weekend', { days: 28, weekly: 'weekend' }),
]
