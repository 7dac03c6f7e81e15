import type { Alarm } from '@/lib/detect/detector'
import { type CodeCrossing, type CodeUnit, startCodeUnit } from '@/lib/detect/drift/code/unit'
import { featureAt } from '@/lib/detect/drift/rows'
import { percent } from '@/lib/detect/drift/words'
import type { Frame } from '@/lib/detect/frame'
import { isFiniteNumber } from '@/lib/stats/finite'

/** Embeddings that are no measurements: of another shape, or frozen (all zero, or the one before again). A unit of 0 and 1 each. */
export interface EmbeddingFaults {
  /** Baseline rows without and with the fault. */
  shape: [number, number]
  frozen: [number, number]
  shapeUnit: CodeUnit | null
  frozenUnit: CodeUnit | null
  last: number[]
}

const heldRows = 8192

export const startFaults = (): EmbeddingFaults => ({
  shape: [0, 0],
  frozen: [0, 0],
  shapeUnit: null,
  frozenUnit: null,
  last: [],
})

export const hasShape = (vector: readonly number[], dimensions: number): boolean =>
  vector.length === dimensions && vector.every(isFiniteNumber)

/** All zero, or the same as the one before. It becomes the one before. */
export function isFrozen(faults: EmbeddingFaults, vector: readonly number[]): boolean {
  const { last } = faults
  let same = last.length === vector.length
  let zero = true
  for (let i = 0; i < vector.length && (same || zero); i++) {
    if (vector[i] !== last[i]) same = false
    if (vector[i] !== 0) zero = false
  }
  if (!same) faults.last = [...vector]
  return same || zero
}

export function armFaults(faults: EmbeddingFaults, row: number): void {
  faults.shapeUnit = startCodeUnit(faults.shape, heldRows, row)
  faults.frozenUnit = startCodeUnit(faults.frozen, heldRows, row)
}

/** A fault that came to more rows; null when it came to fewer. */
export function faultAlarm(
  fault: 'shape' | 'frozen',
  crossing: CodeCrossing,
  dimensions: number,
  latest: number,
  frame: Frame,
): Alarm | null {
  const before = (crossing.reference[1] as number) / crossing.reference.reduce((a, b) => a + b, 0)
  const now = (crossing.current[1] as number) / crossing.n
  if (!(now > before)) return null
  const shape = fault === 'shape'
  return {
    ...featureAt('embedding', frame.rows, crossing),
    kind: shape ? 'quality.schema' : 'quality.frozen',
    effect: now - before,
    effectUnit: 'share of rows',
    n: crossing.n,
    severity: 'critical',
    verdict: 'pipeline-bug',
    why: shape
      ? `embedding: ${percent(now)} of the vectors are not ${dimensions} finite numbers (the latest has ${latest}), ${percent(before)} before`
      : `embedding: ${percent(now)} of the vectors are all zero or the one before again, ${percent(before)} before`,
    test: shape
      ? 'Dimensions and finiteness of each vector. Another encoder looks like this; so does a vector cut off on its way.'
      : 'Each vector against the one before. An encoder that fails over to zeros or serves a cached vector looks like this; so does one input sent again and again.',
  }
}
