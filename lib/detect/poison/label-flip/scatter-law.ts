import type { Span } from '@/lib/learn/regression/reach'
import { binOf, binWidths, oneSide, scatterBins } from './scatter-bins'

/** What is known of all labels, for the chances of one of anybody's and of one drawn at random. */
export interface Laws {
  /** Rows by what is expected and by bin; forgetful. */
  readonly counts: Float64Array
  /** Of late, of anybody: the labels, in target units. */
  readonly labels: Float64Array
  next: number
  /** All labels met, while they are few (stars, a short scale); null where they are many. */
  lattice: number[] | null
}

export const keptLabels = 32
const gridPoints = 9
const mostLattice = 24

/** Notes a label of anybody. */
export function noteLabel(laws: Laws, target: number): void {
  if (laws.lattice && !laws.lattice.includes(target)) {
    laws.lattice.push(target)
    if (laws.lattice.length > mostLattice) laws.lattice = null
  }
  laws.labels[laws.next] = target
  laws.next = (laws.next + 1) % keptLabels
}

/** Chances of anybody's label, by bin: of a few labels, those bins that they fall in, by the density there. */
export function lawOf({ counts, lattice }: Laws, slot: number, span: Span, out: Float64Array): void {
  out.fill(0)
  let sum = 0
  if (lattice)
    for (const label of lattice) {
      const b = binOf(span, label)
      const density = (counts[slot + b] as number) / (binWidths[b % oneSide] as number)
      out[b] = (out[b] as number) + density
      sum += density
    }
  for (let b = 0; b < scatterBins; b++) {
    if (sum > 0) out[b] = (out[b] as number) / sum
    else out[b] = counts[slot + b] as number
  }
  if (sum > 0) return
  for (let b = 0; b < scatterBins; b++) sum += out[b] as number
  for (let b = 0; b < scatterBins; b++) out[b] = (out[b] as number) / sum
}

/** Chances of a label drawn at random, by bin: half by the labels of late, half evenly over all there are, or between the lowest and the highest of late. */
export function drawnAtRandom({ labels, lattice }: Laws, span: Span, out: Float64Array): void {
  let [least, most, n] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0]
  for (let i = 0; i < keptLabels; i++) {
    const label = labels[i] as number
    if (Number.isNaN(label)) continue
    n++
    if (label < least) least = label
    if (label > most) most = label
  }
  // Bins that no label reaches are no more likely of one drawn at random.
  out.fill(n === 0 ? 1 / scatterBins : lattice ? 1e-4 : 0.02 / scatterBins)
  if (n === 0) return
  for (let i = 0; i < n; i++) {
    const b = binOf(span, labels[i] as number)
    out[b] = (out[b] as number) + 0.49 / n
  }
  const points = lattice?.length ?? gridPoints
  for (let i = 0; i < points; i++) {
    const b = binOf(span, lattice ? (lattice[i] as number) : least + ((most - least) * i) / (gridPoints - 1))
    out[b] = (out[b] as number) + 0.49 / points
  }
}
