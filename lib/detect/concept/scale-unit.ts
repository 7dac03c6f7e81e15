import { clumping } from '@/lib/detect/concept/clumps'
import {
  binOfSize,
  largeBin,
  lawOfScale,
  learnSize,
  paidAtFirst,
  paidFor,
  type ScaleLaw,
} from '@/lib/detect/concept/scale-law'
import { count, type Evidence, startEvidence } from '@/lib/evidence/e-detector'

/**
 * Sizes of residuals in the baseline's own shape: all of them twice or four times as large, half of them, or a few far beyond any that was seen.
 *
 * Bets      share of a bin of ./scale-law.ts after the change, over its share so far: exact within the baseline for exchangeable rows; beyond its largest
 *           the tail is a model, a tenth of it heavy, and learns.
 * Clumps    sizes that come in runs: evidence is raised to the inverse of their design effect (./clumps.ts).
 * Re-arms   by its owner.
 */
export interface ScaleUnit {
  /** Null: off. */
  law: ScaleLaw | null
  clump: number
  evidence: Evidence
  /** Bins of the latest rows, by row from the arming. */
  recent: Uint8Array
  rows: number
}

const heldRows = 4096
const fewest = 400

export const startScale = (): ScaleUnit => ({
  law: null,
  clump: 1,
  evidence: startEvidence(0),
  recent: new Uint8Array(heldRows),
  rows: 0,
})

/** @param sizes in order of arrival, not negative; too few, and the unit is off. */
export function armScale(unit: ScaleUnit, sizes: readonly number[]): void {
  const law = sizes.length < fewest ? null : lawOfScale(Float64Array.from(sizes).sort())
  unit.law = law
  unit.rows = 0
  unit.clump = 1
  unit.evidence = startEvidence(law?.bets ?? 0)
  if (!law) return
  const large = Uint8Array.from(sizes, (size) => (binOfSize(law, size) >= largeBin ? 1 : 0))
  const counts = Float64Array.of(0, 0)
  for (const code of large) counts[code] = (counts[code] as number) + 1
  unit.clump = clumping(large, new Uint8Array(large.length), counts, 2)
}

/** Takes a size with its restart mass. @returns ΣM, which alarms at 1. */
export function watchScale(unit: ScaleUnit, size: number, mass: number): number {
  const { law, clump } = unit
  if (!law) return 0
  count(unit.evidence, mass)
  const bin = binOfSize(law, size)
  unit.recent[unit.rows++ % heldRows] = bin
  const { m } = unit.evidence
  let total = 0
  for (let b = 0; b < m.length; b++) {
    const e = paidFor(law, bin, b)
    const after = Math.min(1e300, (clump > 1 ? e ** (1 / clump) : e) * ((m[b] as number) + mass / m.length))
    m[b] = after
    total += after
  }
  learnSize(law, bin)
  return total
}

/** Rows back to the first of the change: the split at which some bet explains the rest best. */
export function scaleOnset({ law, recent, rows }: ScaleUnit): number {
  if (!law) return 0
  const back = { rows: 0, nats: Number.NEGATIVE_INFINITY }
  for (let b = 0; b < law.bets; b++) {
    let nats = 0
    for (let i = 1; i <= Math.min(rows, heldRows); i++) {
      nats += Math.log(paidAtFirst(law, recent[(rows - i) % heldRows] as number, b))
      if (nats > back.nats) {
        back.nats = nats
        back.rows = i - 1
      }
    }
  }
  return back.rows
}
