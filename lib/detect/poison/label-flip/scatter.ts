import type { Span } from '@/lib/learn/regression/reach'
import { binOf, normalShares, oneSide, scatterBins } from './scatter-bins'
import { drawnAtRandom, keptLabels, type Laws, lawOf, noteLabel } from './scatter-law'

/**
 * Where labels are numbers: labels that have nothing to do with their rows, among those of a person who has his own way of using the scale.
 *
 * Honest   chance of a bin (./scatter-bins.ts): anybody's of late where as much is expected, for a scale has ends, times (h + a)/(E + a) of the unit: h its own rows
 *          there, E those that anybody would have had, 1/a how far peers' h/E lie apart (./alike.ts). So he is learned row by row, who is severe from his first row on
 *          is soon usual, and a burst of honest errors teaches as much as it tells. And a few of his labels may be drawn at random besides.
 * Turned   drawn at random (./scatter-law.ts).
 * Bet      that a share of his labels is turned, (1 − r)·honest + r·turned against honest: it sees what changes against his own past, and needs no onset.
 * Source   a prequential Bayes null: Dawid 1984, JRSS A 147; Gamma–Poisson empirical Bayes: Robbins 1956.
 */
export interface Scatter extends Laws {
  /** By bin; no bets while too few peers are known to tell. */
  readonly alike: Float64Array
  isKnown: boolean
}

/** What was said of a label. One object, reused from call to call. */
export interface Look {
  bin: number
  /** By bin: chances of its unit's honest label, and of one drawn at random. */
  readonly honest: Float64Array
  readonly turned: Float64Array
}

const slots = 8
const priorRows = 60
const keep = 0.9995
const unknownAlike = 3
/** Share of labels that a person may get wrong besides, and a chance that no bin is below. */
const leastChange = 0.03
const leastChance = 1e-4

export const startScatter = (): Scatter => ({
  counts: Float64Array.from(
    { length: slots * scatterBins },
    (_, i) => (priorRows * (normalShares[i % oneSide] as number)) / 2,
  ),
  labels: new Float64Array(keptLabels).fill(Number.NaN),
  next: 0,
  lattice: [],
  alike: new Float64Array(scatterBins).fill(unknownAlike),
  isKnown: false,
})

export const emptyLook = (): Look => ({
  bin: 0,
  honest: new Float64Array(scatterBins),
  turned: new Float64Array(scatterBins),
})

/** Of a unit: rows by bin, then as many as anybody would have had. */
export const ownLength = 2 * scatterBins

const law = new Float64Array(scatterBins)

/** Looks at a label, and then notes it. @param target it, in target units. @param own of its unit, `ownLength` numbers. */
export function lookAt(scatter: Scatter, own: Float64Array, span: Span, target: number, look: Look): void {
  const { counts, alike } = scatter
  const { honest, turned } = look
  look.bin = binOf(span, target)
  const slot = scatterBins * Math.max(0, Math.min(slots - 1, Math.floor(slots / 2 + 2 * span.value)))
  lawOf(scatter, slot, span, law)
  let sum = 0
  for (let b = 0; b < scatterBins; b++) {
    const a = alike[b] as number
    const anybody = law[b] as number
    honest[b] = (Math.max(leastChance, anybody) * ((own[b] as number) + a)) / ((own[scatterBins + b] as number) + a)
    sum += honest[b] as number
    own[scatterBins + b] = (own[scatterBins + b] as number) + anybody
  }
  if (scatter.isKnown) drawnAtRandom(scatter, span, turned)
  for (let b = 0; b < scatterBins; b++) {
    if (!scatter.isKnown) turned[b] = (honest[b] as number) / sum
    honest[b] = ((1 - leastChange) * (honest[b] as number)) / sum + leastChange * (turned[b] as number)
    counts[slot + b] = (counts[slot + b] as number) * keep
  }
  counts[slot + look.bin] = (counts[slot + look.bin] as number) + 1
  own[look.bin] = (own[look.bin] as number) + 1
  noteLabel(scatter, target)
}
