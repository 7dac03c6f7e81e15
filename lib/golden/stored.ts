import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { GoldenRow } from '@/lib/detect/detector'

/** A trusted set as its table keeps it. */
export const packRows = (rows: readonly GoldenRow[]): Buffer =>
  deflateRawSync(rows.map((row) => JSON.stringify(row)).join('\n'))

export const unpackRows = (bytes: Uint8Array): GoldenRow[] =>
  inflateRawSync(bytes)
    .toString('utf8')
    .split('\n')
    .map((line) => JSON.parse(line) as GoldenRow)
