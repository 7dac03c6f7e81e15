import { heldRows, isCut, standardised, type UsualColumn } from '@/lib/detect/drift/usual/column'
import { expectedSince, fitIf, fitNats } from '@/lib/detect/drift/usual/fit'
import { fixed, type Relations } from '@/lib/detect/drift/usual/relations'
import { brief } from '@/lib/detect/drift/words'
import { quantileOf } from '@/lib/stats/quantile-edges'

/** A change of unit: now = by · before + plus. */
export interface Conversion {
  readonly words: string
  readonly by: number
  readonly plus: number
}

const scaled = (words: string, by: number): Conversion[] => [
  { words: `multiplied by ${words}`, by, plus: 0 },
  { words: `divided by ${words}`, by: 1 / by, plus: 0 },
]

/** Units that producers take for one another. Factors near 1 are left out: a feature that wanders makes such moves by itself. */
const conversions: readonly Conversion[] = [
  { words: 'in °F, no longer °C', by: 1.8, plus: 32 },
  { words: 'in °C, no longer °F', by: 1 / 1.8, plus: -32 / 1.8 },
  { words: 'in K, no longer °C', by: 1, plus: 273.15 },
  { words: 'in °C, no longer K', by: 1, plus: -273.15 },
  { words: 'of the other sign', by: -1, plus: 0 },
  ...scaled('10', 10),
  ...scaled('100', 100),
  ...scaled('1,000', 1000),
  ...scaled('60', 60),
  ...scaled('3,600', 3600),
  ...scaled('3.6', 3.6),
  ...scaled('25.4 (inches, millimetres)', 25.4),
  ...scaled('3.281 (feet, metres)', 3.28084),
  ...scaled('33.86 (inches of mercury, hPa)', 33.8639),
]

/** Rows since the onset that it takes, how much better they must fit, and how well: the mean square of a rest, in squares of its mean size. */
const fewestRows = 8
const better = 0.1
const fits = 6
const leastLogFactor = Math.log(3)

/** The conversion that, undone, makes the column's values since a row follow from the others again, and by how many nats they are likelier; null where none does, or it fits as it is. */
export function conversionOf(
  relations: Relations,
  column: UsualColumn,
  onset: number,
): { conversion: Conversion; nats: number } | null {
  if (relations.rows - onset < fewestRows) return null
  const at = relations.columns.indexOf(column)
  const latest = medianSince(column, onset, relations.rows)
  let best: Conversion | null = null
  let least = Number.POSITIVE_INFINITY
  for (const conversion of [...conversions, ...anyFactor(relations, at, onset)]) {
    const { by, plus } = conversion
    const { asIs, changed, rows } = fitIf(relations, [at], onset, (values) => {
      values[at] = ((values[at] as number) - plus) / by
    })
    const after = changed[0] as number
    // Put right, the values lie where the column was known to lie.
    if (isCut(column, (latest - plus) / by)) continue
    if (rows < fewestRows || after > Math.min(fits, better * (asIs[0] as number)) || after >= least) continue
    least = after
    best = conversion
  }
  if (!best) return null
  const { by, plus } = best
  const nats = fitNats(relations, onset, (x, values) => {
    x[fixed + at] = standardised(column, ((values[at] as number) - plus) / by)
  })
  return { conversion: best, nats }
}

function medianSince({ raw }: UsualColumn, from: number, to: number): number {
  const values: number[] = []
  for (let row = Math.max(from, to - heldRows); row < to; row++) values.push(raw[row % heldRows] as number)
  return quantileOf(Float64Array.from(values.filter(Number.isFinite)).sort(), 0.5)
}

/** A factor that is nobody's unit, from what the others say; none where it is near 1, for then it may as well be a shift. */
function anyFactor(relations: Relations, at: number, onset: number): Conversion[] {
  const ratios = expectedSince(relations, at, onset)
    .filter(({ expected }) => expected !== 0)
    .map(({ expected, value }) => value / expected)
  const by = quantileOf(Float64Array.from(ratios).sort(), 0.5)
  return by > 0 && Math.abs(Math.log(by)) > leastLogFactor ? [{ words: `multiplied by ${brief(by)}`, by, plus: 0 }] : []
}
