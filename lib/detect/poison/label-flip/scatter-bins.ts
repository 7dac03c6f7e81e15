import type { Span } from '@/lib/learn/regression/reach'

/** Bins of how far a number lies off what is expected, in deviations of anybody's labels there: those below first, each side from near to far. */

/** Distances between the bins of one side. */
const edges = [0.7, 1.4, 2.1, 3] as const
/** Widths of the bins of one side, the last one as far as labels may lie; and what a normal law has there. */
export const binWidths = [0.7, 0.7, 0.7, 0.9, 1.5] as const
export const normalShares = [0.516, 0.322, 0.126, 0.033, 0.003] as const
export const oneSide = edges.length + 1
export const scatterBins = 2 * oneSide

/** Does a label of this bin lie far off? */
export const isFar = (bin: number): boolean => bin % oneSide > 1

/** @param target the label, in target units. */
export function binOf({ value, above, below }: Span, target: number): number {
  const isAbove = target > value
  const off = isAbove ? (target - value) / above : (value - target) / below
  let bin = 0
  while (bin < edges.length && off > (edges[bin] as number)) bin++
  return isAbove ? oneSide + bin : bin
}
