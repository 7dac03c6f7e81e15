import { seeded } from '@/lib/demo/seeded'
import { dayMs, type Feed, hourMs, inOrder, predictionId, type Step } from '@/lib/demo/steps'

export const weatherColumns = [
  'temp',
  'dew_point',
  'sea_level_pressure',
  'visibility',
  'wind_avg',
  'wind_max_sustained',
  'temp_max',
  'temp_min',
] as const

export interface WeatherRow {
  row: number
  label: 'rain' | 'dry'
  features: Record<(typeof weatherColumns)[number], number>
}

export const rainModel = 'rain'
const stations = ['station-1', 'station-2', 'station-3', 'station-4', 'station-5', 'station-6'] as const

/**
 * What the archive itself does: of the 2,500 days before row 7,767 (April 1970) one says more than 11.4 miles, of those after it every third, and within a
 * year the ceiling is 20. How visibility was observed had changed; the air had not.
 */
export const drift = { feature: 'visibility', row: 7767 } as const

/** First of the days that are played: a seed begins up to so many later. */
const firstRow = 4400
const laterRows = 60
const bootstrapRows = 700
const liveRows = 4000
const trainingShare = 0.5

/**
 * Will it rain? Six stations send observations to be predicted; what fell is known a day later, as the label and, for half of them,
 * as a training row. Nobody lies.
 *
 * The rows are real days of 1961 to 1973 in their true order, winters and summers and the wandering of thirteen years, with nothing added: what drifts,
 * drifted. Event time is quicker: a year of days passes in less than three.
 */
export function rainFeed(rows: readonly WeatherRow[], seed: number, spanMs: number): Feed {
  const uniform = seeded(seed)
  const from = firstRow + Math.floor(uniform() * laterRows)
  const order = rows.slice(from, from + bootstrapRows + liveRows)
  const bootstrapMs = 2 * dayMs
  let beginsAtMs = spanMs
  const affected = new Set<string>()
  const observed: Step[] = []
  const outcomes: { atMs: number; id: string; station: string; day: WeatherRow; features: WeatherRow['features'] }[] =
    []

  order.forEach((day, position) => {
    const live = position - bootstrapRows
    const atMs =
      live < 0
        ? (position / bootstrapRows) * bootstrapMs
        : bootstrapMs + ((live + uniform()) / liveRows) * (spanMs - bootstrapMs - 2 * dayMs)
    const station = stations[Math.floor(uniform() * stations.length)] ?? stations[0]
    const id = `obs-${day.row}`
    const { features } = day
    if (day.row === drift.row) beginsAtMs = atMs
    if (day.row >= drift.row) affected.add(id)
    if (live >= 0)
      observed.push({ atMs, to: 'learner', request: { id, model: rainModel, features, segment: { station } } })
    const archived = uniform() < trainingShare
    const delayMs = live < 0 ? 0 : dayMs + uniform() * 2 * hourMs
    if (live < 0 || archived) outcomes.push({ atMs: atMs + delayMs, id, station, day, features })
    if (live >= 0)
      observed.push({
        atMs: atMs + dayMs,
        to: 'assay',
        type: 'ml.label.v1',
        id: `l-${id}`,
        source: '/archive/rain',
        data: { model: rainModel, prediction: predictionId(id), label: day.label },
      })
  })

  const sequences = new Map<string, number>()
  const training = outcomes
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ atMs, id, station, day, features }): Step => {
      const sequence = (sequences.get(station) ?? 0) + 1
      sequences.set(station, sequence)
      return {
        atMs,
        to: 'assay',
        type: 'ml.training.v1',
        id: `t-${id}`,
        source: '/feeds/stations',
        data: {
          model: rainModel,
          origin: { id: station, kind: 'station' },
          features,
          label: day.label,
          feed: 'observations',
          batch: `${station}-day-${String(Math.floor(atMs / dayMs)).padStart(2, '0')}`,
          sequence,
        },
      }
    })
  return {
    model: rainModel,
    steps: inOrder([...observed, ...training]),
    truth: { what: 'drift.feature', beginsAtMs, subject: drift.feature, affected },
  }
}
