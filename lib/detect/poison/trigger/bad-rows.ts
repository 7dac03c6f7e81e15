/** A row whose label its other inputs did not expect: what patterns are compared by, once one is to be named. */
export interface BadRow {
  id: string
  index: number
  /** How many rows testified before it. */
  row: number
  timeMs: number
  /** `numberOf` its origin. */
  origin: number
  y: number
  /** Its label where that is a number; else NaN. */
  number: number
  /** Chance of its label by the rest of the row. */
  p: number
  /** Hashes of its words in order, at most `mostWords`; of its values. */
  words: Uint32Array
  values: Uint32Array
}

/** The last 2,048 of them. */
export interface BadRows {
  rows: BadRow[]
  next: number
}

export const mostBadRows = 2048
const mostWords = 160
const mostValues = 64

export const startBadRows = (): BadRows => ({ rows: [], next: 0 })

export function keepBadRow(
  bad: BadRows,
  row: Omit<BadRow, 'words' | 'values'>,
  words: Uint32Array,
  values: Uint32Array,
) {
  bad.rows[bad.next] = { ...row, words: words.slice(0, mostWords), values: values.slice(0, mostValues) }
  bad.next = (bad.next + 1) % mostBadRows
}

/** Those with a label since a line, in order of arrival. */
export const badRowsSince = (bad: BadRows, index: number, y: number): BadRow[] =>
  bad.rows.filter((row) => row.y === y && row.index >= index).sort((a, b) => a.index - b.index)

/** Rows that testified before the oldest one kept; 0 while none is forgotten. */
export const keptSince = ({ rows, next }: BadRows): number =>
  rows.length < mostBadRows ? 0 : (rows[next] as BadRow).row
