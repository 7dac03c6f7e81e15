/** The latest rows on which a flag's rarer side came: for the onset of a change, and for what to say of it. */
export interface FlagHits {
  /** How many came in all. */
  count: number
  row: number[]
  /** Rows that the flag was read on, and how many hits were expected among them, until and with this one. */
  seen: number[]
  expected: number[]
  /** What the row showed, in the terms of the flag's channel, and its value as a number. */
  mark: number[]
  value: number[]
}

export const heldHits = 384

export const startHits = (): FlagHits => ({ count: 0, row: [], seen: [], expected: [], mark: [], value: [] })

export function addHit(hits: FlagHits, row: number, seen: number, expected: number, mark: number, value: number): void {
  const at = hits.count++ % heldHits
  hits.row[at] = row
  hits.seen[at] = seen
  hits.expected[at] = expected
  hits.mark[at] = mark
  hits.value[at] = value
}

/** Where the change began: first row, rows read since, hits among them, hits expected, and how many of the latest hits that are. */
export interface FlagOnset {
  row: number
  rows: number
  came: number
  expected: number
}

/**
 * The split at which one level after it explains the hits best against the level expected: argmax over starts of the log likelihood ratio of the
 * share since the start. More: starts at hits; less: starts right after them. Source: recipes/drift.md §4 with one free parameter.
 *
 * @param row at hand, @param seen rows read and @param expected hits expected until now.
 */
export function flagOnset(
  hits: FlagHits,
  more: boolean,
  armedRow: number,
  row: number,
  seen: number,
  expected: number,
): FlagOnset {
  const held = Math.min(hits.count, heldHits)
  let best: FlagOnset = { row: armedRow, rows: seen, came: held, expected }
  let most = more ? Number.NEGATIVE_INFINITY : gain(held, seen, expected, false)
  for (let back = 1; back <= held; back++) {
    const at = (hits.count - back) % heldHits
    const from = hits.row[at] as number
    if (from < armedRow) break
    const rows = seen - (hits.seen[at] as number) + (more ? 1 : 0)
    const came = more ? back : back - 1
    const due = Math.max(1e-9, expected - (hits.expected[at] as number) + (more ? expected / Math.max(1, seen) : 0))
    const nats = rows > 0 ? gain(came, rows, due, more) : Number.NEGATIVE_INFINITY
    if (nats <= most) continue
    most = nats
    best = { row: more ? from : Math.min(row, from + 1), rows, came, expected: due }
  }
  return best
}

function gain(came: number, rows: number, expected: number, more: boolean): number {
  const p = Math.min(1 - 1e-9, Math.max(1e-9, expected / rows))
  const q = came / rows
  if (more ? q <= p : q >= p) return Number.NEGATIVE_INFINITY
  return (came > 0 ? came * Math.log(q / p) : 0) + (came < rows ? (rows - came) * Math.log((1 - q) / (1 - p)) : 0)
}
