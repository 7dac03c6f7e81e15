import type { ClassFamily } from '@/lib/detect/concept/class-family'
import { classMix } from '@/lib/detect/concept/class-mix'
import { noConfidence } from '@/lib/detect/concept/confidence'
import { labelledRows } from '@/lib/detect/concept/like-rows'
import type { OpenPredictions } from '@/lib/detect/concept/open-predictions'

/** Rows before an onset that say how labels went with scores until then. */
const mostBefore = 2000
const fewestBefore = 400

export const scoreStrata = ({ bins, labels }: ClassFamily): number => labels * (bins.length + 1)

/** Rows of one prediction and like confidence; −1 without one. */
export function scoreStratum({ bins, labels, labelCodes }: ClassFamily, open: OpenPredictions, place: number): number {
  const byte = open.confidence[place] as number
  if (byte === noConfidence) return -1
  let bin = 0
  while (bin < bins.length && byte > (bins[bin] as number)) bin++
  return (labelCodes[open.predicted[place] as number] ?? labels - 1) * (bins.length + 1) + bin
}

/**
 * Did the mix of the classes move among rows of like prediction and score? Nats as `classMix`. A model's score knows more of a row than any leaf:
 * labels that wander with their features (serially dependent inputs, say) are as its scores foretell, and those of a moved mix are not.
 * @param onset number of the first prediction of the new mix. @returns NaN where rows have no scores, or too few came before.
 */
export function scoreMixNats(family: ClassFamily, open: OpenPredictions, onset: number): number {
  const { bins, labels, labelCodes } = family
  if (bins.length === 0) return Number.NaN
  const strata = scoreStrata(family)
  const counts = new Float64Array(strata * labels)
  const totals = new Float64Array(strata)
  const now = { n: 0, strata: [] as number[], codes: [] as number[] }
  let before = 0
  for (const n of labelledRows(open, open.capacity)) {
    const place = n % open.capacity
    const stratum = scoreStratum(family, open, place)
    if (stratum < 0) continue
    const code = labelCodes[open.label[place] as number] ?? labels - 1
    if (n >= onset) {
      now.strata.push(stratum)
      now.codes.push(code)
      now.n++
      continue
    }
    if (before++ >= mostBefore) break
    const at = stratum * labels + code
    counts[at] = (counts[at] as number) + 1
    totals[stratum] = (totals[stratum] as number) + 1
  }
  return before < fewestBefore ? Number.NaN : classMix({ codes: labels, strata, counts, totals }, now, now.n - 1).nats
}
