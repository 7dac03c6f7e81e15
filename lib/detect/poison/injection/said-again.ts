import { numberOf } from '@/lib/learn/place/recent'
import type { Flood } from './accuse-flood'
import type { FloodState } from './flood-state'
import { rowsKept } from './near'

const pseudoRows = 400

/**
 * Do the voices of a group come again among the rows since it began to grow, more than in other rows? A newsletter that all pass on one day has its old sender's
 * voice from before, and grows by others'.
 *
 * @returns nats of Σ ln((.9 k/n + .1 s) / s): k of the n rows before are the voice's, s is its share of the rows outside.
 */
export function saidAgain({ voices, origins }: FloodState, { rows }: Pick<Flood, 'rows'>): number {
  const its = new Map<string, number>()
  const originOf = (row: number) => origins[row % rowsKept] as string
  for (const row of rows) its.set(originOf(row), (its.get(originOf(row)) ?? 0) + 1)
  const others = Math.min(voices.rows, rowsKept) - rows.length
  const before = new Map<string, number>()
  let nats = 0
  for (let n = 0; n < rows.length; n++) {
    // The latest comes first.
    const id = originOf(rows[rows.length - 1 - n] as number)
    const own = (voices.long.get(numberOf(id)) ?? 0) - (its.get(id) as number)
    const share = Math.min(1, (Math.max(0, own) + 1) / (others + pseudoRows))
    const k = before.get(id) ?? 0
    if (n > 0) nats += Math.log((0.9 * k) / n / share + 0.1)
    before.set(id, k + 1)
  }
  return nats
}
