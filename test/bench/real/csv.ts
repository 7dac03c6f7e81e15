import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

export type Row = Readonly<Record<string, string>>

/** A CSV file with a header line and no quoted line breaks; `.gz` is unpacked. */
export function readCsv(path: string): Row[] {
  const bytes = readFileSync(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const [header = '', ...lines] = text.split(/\r?\n/)
  const names = fieldsOf(header)
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const fields = fieldsOf(line)
      return Object.fromEntries(names.map((name, i) => [name, fields[i] ?? '']))
    })
}

const fieldsOf = (line: string): string[] => line.split(',').map((field) => field.replace(/^"(.*)"$/, '$1'))
