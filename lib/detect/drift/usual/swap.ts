import type { UsualColumn } from '@/lib/detect/drift/usual/column'
import { fitIf } from '@/lib/detect/drift/usual/fit'
import type { Relations } from '@/lib/detect/drift/usual/relations'

/** Rows since the onset that a swap needs. */
const fewestRows = 5
/** How much better they must fit exchanged: by this factor, or by this sum over the rows of squares of rests, in squares of their mean size (some 12 nats). */
const better = 0.25
const clearly = 40
/** The mean square of a rest that fits, in squares of its mean size, is 1.6 for a normal one; heavy tails have more. */
const fits = 6
/** Or so much less than before, where a wild row stands among few. */
const fitsBetter = 0.1
/** So little that nothing seems to be wrong with it. */
const fitsWell = 2

/**
 * The column with which this one was exchanged since a row: exchanged back both follow from the others again. Null where none does.
 * @returns it, and how well they fit then: the mean square of their rests.
 */
export function exchangeOf(
  relations: Relations,
  column: UsualColumn,
  onset: number,
): { other: string; fit: number } | null {
  if (relations.rows - onset < fewestRows) return null
  const a = relations.columns.indexOf(column)
  let best: string | null = null
  let least = Number.POSITIVE_INFINITY
  for (const [b, other] of relations.columns.entries()) {
    if (b === a || other.phase !== 'awake' || other.out > 0) continue
    const { asIs, changed, rows } = fitIf(relations, [a, b], onset, (values) => {
      const first = values[a] as number
      values[a] = values[b] as number
      values[b] = first
    })
    const [a0, b0] = asIs as [number, number]
    const [a1, b1] = changed as [number, number]
    const [before, after] = [a0 + b0, a1 + b1]
    const clear = after <= better * before || rows * (before - after) >= clearly
    // A noisy one may not mind the values of another; but it must not mind its own either.
    const both = a0 > a1 && (b0 > b1 || b1 <= fitsWell)
    const fit = after / 2 <= fits || after <= fitsBetter * before
    if (!both || !clear || !fit || after / 2 >= least) continue
    least = after / 2
    best = other.name
  }
  return best === null ? null : { other: best, fit: least }
}
