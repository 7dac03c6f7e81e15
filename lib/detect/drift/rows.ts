/** Line and event time of the latest rows that a detector saw, shared by its units, which keep their bytes at the same places. */
export interface RowRing {
  /** Rows seen so far; the latest is row − 1. */
  rows: number
  /** How many are held. */
  held: number
  line: Float64Array
  timeMs: Float64Array
}

export const startRows = (length: number): RowRing => ({
  rows: 0,
  held: length,
  line: new Float64Array(length),
  timeMs: new Float64Array(length),
})

export function addRow(ring: RowRing, line: number, timeMs: number): number {
  const slot = ring.rows % ring.held
  ring.line[slot] = line
  ring.timeMs[slot] = timeMs
  return ring.rows++
}

/** Line and time of a row that is still held; the oldest held one for a row before it. */
export function rowAt(ring: RowRing, row: number): { line: number; timeMs: number } {
  const held = Math.min(Math.max(row, ring.rows - ring.line.length, 0), ring.rows - 1)
  const slot = held % ring.line.length
  return { line: ring.line[slot] as number, timeMs: ring.timeMs[slot] as number }
}

/** The first row that is held on a line or after it; the next row where none is. */
export function rowOfLine(ring: RowRing, line: number): number {
  let low = Math.max(0, ring.rows - ring.held)
  let high = ring.rows
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ring.line[middle % ring.held] as number) < line) low = middle + 1
    else high = middle
  }
  return low
}

/** What an alarm about a feature says of where it stands: the row at hand fired, a held one began it. */
export function featureAt(
  feature: string,
  rows: RowRing,
  crossing: { readonly onsetRow: number; readonly logE: number; readonly threshold: number },
) {
  const onset = rowAt(rows, crossing.onsetRow)
  return {
    kind: 'drift.feature' as const,
    unit: `feature=${feature}`,
    subject: { feature },
    eventIndex: rowAt(rows, rows.rows - 1).line,
    onsetIndex: onset.line,
    onsetTimeMs: onset.timeMs,
    logE: crossing.logE,
    threshold: crossing.threshold,
  }
}

/** A feature that went back to its approved baseline at the row at hand. */
export const featureReturn = (feature: string, onsetRow: number, rows: RowRing) => ({
  kind: 'drift.feature' as const,
  unit: `feature=${feature}`,
  subject: { feature },
  eventIndex: rowAt(rows, rows.rows - 1).line,
  onsetIndex: rowAt(rows, onsetRow).line,
})
