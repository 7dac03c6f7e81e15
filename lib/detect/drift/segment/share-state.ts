import type { CodeUnit } from '@/lib/detect/drift/code/unit'
import type { Novelty } from '@/lib/detect/drift/segment/novelty'

/** The values of one segment key under watch. */
export interface ShareKey {
  name: string
  /** Values by code. The first `told` have a code of their own in the unit, all later ones share its last code. */
  values: string[]
  codes: Map<string, number>
  told: number
  /** Counts by code of the second half of the baseline, by hour of the week; while gathering. */
  byHour: (Float64Array | null)[]
  /** The same by the value of the row before, and whether that tells (bursts, sessions): then it makes the strata. */
  byLast: (Float64Array | null)[]
  chained: boolean
  last: number
  unit: CodeUnit | null
  novelty: Novelty | null
  /** Values that were said to be new: code, and row of that. */
  launches: { code: number; row: number }[]
  /** Codes by row, before later ones are pooled. */
  came: Uint8Array
}

export interface SegmentShareState {
  version: number
  rows: number
  phase: 'gathering' | 'armed' | 'off'
  /** Values of the first half of the baseline, by key. */
  first: Map<string, string[]>
  keys: ShareKey[]
}

export const startSegmentShares = (version: number): SegmentShareState => ({
  version,
  rows: 0,
  phase: 'gathering',
  first: new Map(),
  keys: [],
})

/** Values told apart in the rings; a hostile feed cannot grow them. */
export const mostValues = 250
const mostCharacters = 120

export const segmentName = (value: unknown): string => {
  const text = value === undefined || value === null ? '' : String(value)
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text
}

/** Code of a value, made for one that is new; the last code of all when there are too many. */
export function shareCode(key: ShareKey, value: string): number {
  const code = key.codes.get(value)
  if (code !== undefined) return code
  if (key.values.length >= mostValues) return mostValues
  key.codes.set(value, key.values.length)
  key.values.push(value)
  return key.values.length - 1
}
