import { seeded, shuffled } from '@/lib/demo/seeded'
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

/** New visibility sensors, put in everywhere within `rollOutMs`: they read a fifth less than the observers did. */
export const upgrade = { feature: 'visibility', begins: 0.56, factor: 0.8, rollOutMs: 6 * hourMs } as const

const bootstrapRows = 700
const liveRows = 7000
const trainingShare = 0.5

/**
 * Will it rain? Six stations send observations to be predicted; what fell is known a day later, as the label and, for half of them,
 * as a training row. Nobody lies. Past the middle the network changes its visibility sensors, all stations alike.
 *
 * The rows are real days of 1949 to 1999, dealt in a seeded shuffled order, so the seasons are gone: the demo says so.
 */
export function rainFeed(rows: readonly WeatherRow[], seed: number, spanMs: number): Feed {
  const uniform = seeded(seed)
  const order = shuffled(rows, uniform).slice(0, bootstrapRows + liveRows)
  const bootstrapMs = 2 * dayMs
  const beginsAtMs = Math.round(spanMs * upgrade.begins)
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
    const progress = Math.min(1, Math.max(0, (atMs - beginsAtMs) / upgrade.rollOutMs))
    const visibility = day.features.visibility * (1 - (1 - upgrade.factor) * progress)
    const features = { ...day.features, visibility: Number(visibility.toFixed(1)) }
    if (progress > 0) affected.add(id)
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
    truth: { what: 'drift.feature', beginsAtMs, subject: upgrade.feature, affected },
  }
}
