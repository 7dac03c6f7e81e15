import type { ModelConfig } from '@/lib/monitor/config'

/** What the form holds, as it is typed. */
export interface Asked {
  falseIncidents: string
  per: string
  unit: 'days' | 'events'
  rows: string
  seasonality: NonNullable<ModelConfig['seasonality']>
  from: string
  to: string
}

export const seasons = [
  ['auto', 'found from the data'],
  ['none', 'none'],
  ['hour-of-day', 'the hours of a day'],
  ['hour-of-week', 'the hours of a week'],
] as const

const usual = { days: 30, rows: 2000 }

export function askedOf({ budget, baseline, seasonality }: ModelConfig): Asked {
  const byEvents = budget !== undefined && 'perEvents' in budget
  const per = budget === undefined ? usual.days : 'perEvents' in budget ? budget.perEvents : budget.perDays
  return {
    falseIncidents: String(budget?.falseIncidents ?? 1),
    per: String(per),
    unit: byEvents ? 'events' : 'days',
    rows: String(baseline?.rows ?? usual.rows),
    seasonality: seasonality ?? 'auto',
    from: '',
    to: '',
  }
}

/** The model's configuration with what was asked for in it; the rest of it stays. */
export function configOf(config: ModelConfig, asked: Asked): ModelConfig {
  const falseIncidents = Number(asked.falseIncidents)
  const per = Number(asked.per)
  return {
    ...config,
    budget: asked.unit === 'days' ? { falseIncidents, perDays: per } : { falseIncidents, perEvents: per },
    baseline: { ...config.baseline, rows: Number(asked.rows) },
    seasonality: asked.seasonality,
  }
}

/** `1 in 30 days · baseline 2,000 · season auto`. */
export function configWords(config: ModelConfig): string {
  const asked = askedOf(config)
  const per = Number(asked.per).toLocaleString('en')
  return `${asked.falseIncidents} in ${per} ${asked.unit} · baseline ${Number(asked.rows).toLocaleString('en')} · season ${asked.seasonality}`
}
