import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parseCsv } from '@/lib/demo/csv'
import { type WeatherRow, weatherColumns } from '@/lib/demo/rain-feed'
import type { SmsRow } from '@/lib/demo/spam-feed'

/** The real data sets beside this file; lib/demo/data/LICENCES.md says whose they are. */

const read = (name: string) =>
  parseCsv(gunzipSync(readFileSync(new URL(`./data/${name}`, import.meta.url))).toString('utf8'))

export function loadSms(): SmsRow[] {
  return read('sms-spam.csv.gz').map(({ row, label, text }) => ({
    row: Number(row),
    label: label === 'spam' ? 'spam' : 'ham',
    text: text ?? '',
  }))
}

export function loadWeather(): WeatherRow[] {
  return read('noaa-weather.csv.gz').map((cells) => ({
    row: Number(cells.row),
    label: cells.label === 'rain' ? 'rain' : 'dry',
    features: Object.fromEntries(weatherColumns.map((name) => [name, Number(cells[name])])) as WeatherRow['features'],
  }))
}
