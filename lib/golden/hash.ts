import { createHash } from 'node:crypto'
import type { GoldenRow } from '@/lib/detect/detector'
import { canonicalJson } from '@/lib/event/canonical-json'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** Hash of a trusted set, whatever the order of its rows: as Contract 3's of a batch, over the hashes of its rows, sorted. */
export const goldenHash = (rows: readonly GoldenRow[]): string =>
  sha256(
    rows
      .map((row) => sha256(canonicalJson(row)))
      .sort()
      .join(''),
  )
