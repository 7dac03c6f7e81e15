import type { FeatureBytes } from '@/lib/detect/concept/feature-bytes'
import { type OpenPredictions, residualAt } from '@/lib/detect/concept/open-predictions'
import { fitResiduals, type ResidualModel, usualResidual } from '@/lib/detect/concept/residual-model'

/**
 * How surprising a residual is: the lesser of its size and of its distance from what the model's residual usually is where the row lies. A model that
 * loses a usual error surprises nobody.
 */
export interface Surprise {
  /** Of the earlier and of the later half of the baseline; null: they tell nothing. */
  models: [ResidualModel, ResidualModel] | null
  /** First row of the later half, and the last of the baseline. */
  half: number
  last: number
}

const fewestRows = 600
const mostRows = 6000
/** The models are kept where they leave less than this of the mean square. */
const worthKeeping = 0.97

/** @param rows numbers of the labelled predictions of the baseline, in order. */
export function startSurprise(open: OpenPredictions, book: FeatureBytes | null, rows: readonly number[]): Surprise {
  const known = rows.filter((n) => Number.isFinite(residualAt(open, n % open.capacity))).slice(-mostRows)
  const surprise: Surprise = { models: null, half: 0, last: -1 }
  if (!book || known.length < fewestRows) return surprise
  const middle = known.length >> 1
  const learn = (part: readonly number[]) =>
    fitResiduals(
      open,
      part,
      Float64Array.from(part, (n) => residualAt(open, n % open.capacity)),
    )
  const fitted: Surprise = {
    models: [learn(known.slice(0, middle)), learn(known.slice(middle))],
    half: known[middle] as number,
    last: known.at(-1) as number,
  }
  let whole = 0
  let left = 0
  for (const n of known) {
    whole += residualAt(open, n % open.capacity) ** 2
    left += distanceAt(fitted, open, n) ** 2
  }
  return left < worthKeeping * whole ? fitted : surprise
}

/** From what is usual there; of a baseline row by the model that did not see it, of later ones by either in turn. */
function distanceAt({ models, half, last }: Surprise, open: OpenPredictions, n: number): number {
  const place = n % open.capacity
  const model = (models as [ResidualModel, ResidualModel])[n <= last ? (n < half ? 1 : 0) : n & 1] as ResidualModel
  return residualAt(open, place) - usualResidual(model, open.features, place * open.width)
}

/** Of the n-th prediction; NaN without a residual. */
export function surpriseAt(surprise: Surprise, open: OpenPredictions, n: number): number {
  const size = Math.abs(residualAt(open, n % open.capacity))
  return surprise.models ? Math.min(size, Math.abs(distanceAt(surprise, open, n))) : size
}
