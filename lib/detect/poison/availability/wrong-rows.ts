/** The latest 2,048 rows whose label disagreed, of all origins: whom they came from and what they said. */
export interface WrongRows {
  rows: WrongRow[]
  next: number
}

export interface WrongRow {
  id: string
  index: number
  origin: number
  y: number
  suspicion: number
}

const most = 2048

export const startWrongRows = (): WrongRows => ({ rows: [], next: 0 })

export function keepWrong(wrong: WrongRows, row: WrongRow): void {
  wrong.rows[wrong.next] = row
  wrong.next = (wrong.next + 1) % most
}

/** Those of these origins since a line, worst first. */
export const wrongRowsOf = (wrong: WrongRows, origins: ReadonlySet<number>, sinceIndex: number): WrongRow[] =>
  wrong.rows
    .filter((row) => row.index >= sinceIndex && origins.has(row.origin))
    .sort((a, b) => b.suspicion - a.suspicion || a.index - b.index)
    .slice(0, 1000)
