/**
 * How far the evidence for any pattern comes on rows of this stream, and so what it says of one of them: among thousands of patterns one always comes some
 * way by chance, on some streams a long way on one row in ten, on others never.
 *
 * Formula  π / (π + S(n)): π = .0003 the share of rows that an attack sends at least, S(n) = (r + 2·e^((6 − n)/2)) / (R + 500) the share of the rows of late on
 *          which evidence had come as far as n nats, r of R with a memory of 4,096, leaned on what chance brings where nothing is known yet.
 * Source   Efron 2010, Large-Scale Inference (local false discovery rate by the empirical distribution).
 */
export interface UsualReach {
  /** Rows of late by whole nats. */
  byNats: Float64Array
  rows: number
  untilFading: number
}

const bins = 40
const memory = 4096
const rowsPerFading = 64
const attackShare = 3e-4
const lean = { rows: 2, even: 6, slope: 0.5, of: 500 }

export const startUsualReach = (): UsualReach => ({
  byNats: new Float64Array(bins),
  rows: 0,
  untilFading: rowsPerFading,
})

/** Counts a row that was held against patterns. */
export function countRow(usual: UsualReach): void {
  usual.rows++
  if (--usual.untilFading > 0) return
  usual.untilFading = rowsPerFading
  const keep = 1 - rowsPerFading / memory
  usual.rows *= keep
  for (let b = 0; b < bins; b++) usual.byNats[b] = (usual.byNats[b] as number) * keep
}

/** @param nats that evidence had come to on the row at hand, above 0. @returns the chance that it is of an attack. Notes them. */
export function suspicionAt({ byNats, rows }: UsualReach, nats: number): number {
  const bin = Math.min(bins - 1, Math.floor(nats))
  let asFar = lean.rows * Math.exp((lean.even - nats) * lean.slope)
  for (let b = bin; b < bins; b++) asFar += byNats[b] as number
  byNats[bin] = (byNats[bin] as number) + 1
  return attackShare / (attackShare + asFar / (rows + lean.of))
}
