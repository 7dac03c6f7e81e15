import type { PredictionData } from '@/lib/event/types'

/** A model's own probability of the class that it predicted, as a byte on the logit scale: 30 steps a nat and a half are fine enough, and ties are few. */
export const noConfidence = 255
const steps = 248
const widest = 8

/** @param classes as configured; a lone `score` is of the last of them, and of the likelier class where none are. */
export function confidenceOf(data: PredictionData, classes: readonly (string | number)[] | undefined): number {
  const { scores, score, prediction } = data
  if (scores) {
    const own = scores[String(prediction)]
    return confidenceByte(own ?? Number.NaN)
  }
  if (typeof score !== 'number' || !(score >= 0 && score <= 1)) return noConfidence
  const last = classes?.at(-1)
  if (last === undefined) return confidenceByte(Math.max(score, 1 - score))
  return confidenceByte(String(last) === String(prediction) ? score : 1 - score)
}

export function confidenceByte(p: number): number {
  if (!(p >= 0 && p <= 1)) return noConfidence
  const logit = p <= 0 ? -widest : p >= 1 ? widest : Math.max(-widest, Math.min(widest, Math.log(p / (1 - p))))
  return Math.round(((logit + widest) / (2 * widest)) * steps)
}

/** The probability that a byte stands for. */
export const probabilityOf = (byte: number): number => 1 / (1 + Math.exp(widest - (2 * widest * byte) / steps))
