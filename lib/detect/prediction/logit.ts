import type { PredictionData } from '@/lib/event/types'

const nearest = 5e-5

/** The model's score on the logit scale, where it wanders evenly: of the last of two classes, else of the class predicted; NaN without one. */
export function logitOf({ scores, score, prediction }: PredictionData): number {
  let p = score
  if (p === undefined && scores) {
    const names = Object.keys(scores)
    p = names.length <= 2 ? scores[names[names.length - 1] as string] : scores[String(prediction)]
  }
  if (typeof p !== 'number' || !(p >= 0 && p <= 1)) return typeof p === 'number' && Number.isFinite(p) ? p : Number.NaN
  const kept = Math.min(1 - nearest, Math.max(nearest, p))
  return Math.log(kept / (1 - kept))
}
