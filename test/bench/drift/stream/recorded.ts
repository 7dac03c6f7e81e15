import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parseCsv } from '@/lib/demo/csv'

export interface RecordedRow {
  readonly ms: number
  readonly features: Record<string, number>
  readonly label: string
}

const dayMs = 86_400_000
const folders = [process.env.ASSAY_DATA ?? '', join(import.meta.dirname, '../../../../lib/demo/data')]

/** A public recorded stream in its true order, or null where its file is not there (`ASSAY_DATA` names the folder; `noaa-weather` ships). */
export function recorded(name: 'elec2' | 'noaa-weather'): RecordedRow[] | null {
  const path = folders.map((folder) => join(folder, `${name}.csv.gz`)).find((file) => existsSync(file))
  if (!path) return null
  return parseCsv(gunzipSync(readFileSync(path)).toString('utf8')).map(
    ({ time, row, weekday, period, label = '', ...cells }) => ({
      // Half-hours have a time; days have their number alone, from 1 January 1949.
      ms: time ? Date.parse(time) : Date.UTC(1949, 0, 1) + Number(row) * dayMs,
      features: {
        ...(weekday && period ? { weekday: Number(weekday), period: Number(period) } : {}),
        ...Object.fromEntries(Object.entries(cells).map(([key, value]) => [key, Number(value)])),
      },
      label,
    }),
  )
}
