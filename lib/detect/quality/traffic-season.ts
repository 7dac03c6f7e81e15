import { seasonCell } from '@/lib/detect/season'

/** Hour of the day × weekday or weekend. */
export const trafficCells = 48
export const trafficCell = (timeMs: number): number => seasonCell(trafficCells, timeMs)

/** Counts on a scale on which Poisson noise is the same at any level (Anscombe 1948). */
export const level = (count: number): number => 2 * Math.sqrt(count + 0.375)

/** Sum and number of levels by cell. */
export interface CellMeans {
  sum: Float64Array
  n: Float64Array
}

export function cellMeans(levels: ArrayLike<number>, cells: ArrayLike<number>): CellMeans {
  const sum = new Float64Array(trafficCells)
  const n = new Float64Array(trafficCells)
  for (let i = 0; i < levels.length; i++) {
    const cell = cells[i] as number
    sum[cell] = (sum[cell] as number) + (levels[i] as number)
    n[cell] = (n[cell] as number) + 1
  }
  return { sum, n }
}

/** What a bin differs by from the others of its cell. `own`: its level is in the means and taken out, as it is for bins to come. */
export function residual(means: CellMeans, cell: number, value: number, own: boolean): number {
  const n = (means.n[cell] as number) - (own ? 1 : 0)
  if (n < 2) return Number.NaN
  const mean = ((means.sum[cell] as number) - (own ? value : 0)) / n
  // A mean of few bins is uncertain: what is left has the same spread whatever their number.
  return (value - mean) * Math.sqrt(n / (n + 1))
}
