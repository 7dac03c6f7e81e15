import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parseCsv } from '@/lib/demo/csv'
import { seeded, shuffled } from '@/lib/demo/seeded'
import { textFeatures } from '@/lib/demo/text-features'
import type { Row } from '@/lib/learn/inputs/encode'

/** Real rows to attack. Two sets come with the project; the others are read from the directory in ASSAY_DATA, where it is set. */
export interface RealRow {
  readonly row: Row
  readonly label: string
  readonly author?: string
}

export type SetName = 'sms' | 'noaa' | 'youtube' | 'elec2' | 'rte'

const shipped = join(import.meta.dirname, '../../../lib/demo/data')
const files: Record<SetName, string> = {
  sms: 'sms-spam.csv.gz',
  noaa: 'noaa-weather.csv.gz',
  youtube: 'youtube-spam.csv.gz',
  elec2: 'elec2.csv.gz',
  rte: 'rte-crowd.csv.gz',
}

const path = (name: SetName) =>
  [shipped, process.env.ASSAY_DATA ?? ''].map((folder) => join(folder, files[name])).find((file) => existsSync(file))

export const isThere = (name: SetName) => path(name) !== undefined

/** The set's rows: in their own order where they have one, else shuffled by the seed. */
export function loadSet(name: SetName, seed: number): RealRow[] {
  const file = path(name)
  if (!file) throw new Error(`${files[name]}: not there; set ASSAY_DATA to the directory that holds it`)
  const cells = parseCsv(gunzipSync(readFileSync(file)).toString('utf8'))
  const rows = cells.map((record) => shape(name, record))
  return name === 'sms' || name === 'rte' ? shuffled(rows, seeded(seed)) : rows
}

function shape(name: SetName, record: Record<string, string>): RealRow {
  const { label = '', text = '' } = record
  if (name === 'sms') return { row: { features: textFeatures(text), text }, label }
  if (name === 'youtube')
    return { row: { features: { video: record.video ?? '' }, text }, label, author: record.author ?? '' }
  if (name === 'rte')
    return {
      row: { features: { task: record.task ?? '' }, text: `${text} | ${record.hypothesis}` },
      label,
      author: record.labeler ?? '',
    }
  const { label: _label, time: _time, row: _row, ...numbers } = record
  return {
    row: { features: Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, Number(value)])) },
    label,
  }
}
