import { regionBits } from '@/lib/learn/inputs/encode'
import type { Judgement } from '@/lib/learn/judge/calibrate'

/**
 * How often the anchor is wrong by now, for anybody: the world goes on and the anchor does not, in some regions more than in others.
 *
 * Formula  logit p = logit p_anchor + class effect + Σ region effects, learned online by AdaGrad whose steps stop getting smaller, and a fast shift
 *          common to all that only raises p. One source teaches it as much as its share of the rows there.
 */
export interface Recalibration {
  bin: Float64Array
  binSquare: Float64Array
  region: Float64Array
  regionSquare: Float64Array
  shift: Float64Array
}

const classes = 64
const bins = 8
const binRate = 0.15
const regionRate = 0.1
/** Squares are counted up to here, so that it goes on following. */
const mostSquare = 40

export const startRecalibration = (): Recalibration => ({
  bin: new Float64Array(classes * bins),
  binSquare: new Float64Array(classes * bins),
  region: new Float64Array(1 << regionBits),
  regionSquare: new Float64Array(1 << regionBits),
  shift: new Float64Array(classes),
})

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

/** @returns the chance that an honest label disagrees with the anchor now; then learns whether this one does. */
export function recalibrated(to: Recalibration, j: Judgement, hit: boolean): number {
  const p0 = Math.min(0.98, Math.max(0.002, j.steady))
  const logit0 = Math.log(p0 / (1 - p0))
  const bin = j.favourite * bins + Math.min(bins - 1, Math.max(0, Math.floor(logit0 + 5)))
  let logit = logit0 + (to.bin[bin] as number)
  for (let r = 0; r < j.regions; r++) logit += to.region[j.region[r] as number] as number
  const steady = sigmoid(logit)
  const shift = to.shift[j.favourite] as number
  const p = Math.min(Math.max(sigmoid(logit + Math.max(0, shift)), 0.004), j.classes === 2 ? 0.5 : 0.75)
  const error = steady - (hit ? 1 : 0)
  learn(to.bin, to.binSquare, bin, error, binRate)
  const rate = regionRate / Math.max(1, Math.sqrt(j.regions / 3))
  for (let r = 0; r < j.regions; r++) learn(to.region, to.regionSquare, j.region[r] as number, error, rate)
  to.shift[j.favourite] = Math.min(3, Math.max(-1, 0.999 * shift + 0.03 * ((hit ? 1 : 0) - p)))
  return p
}

function learn(of: Float64Array, squares: Float64Array, at: number, error: number, rate: number): void {
  squares[at] = Math.min(mostSquare, (squares[at] as number) + error * error)
  of[at] = (of[at] as number) - (rate * error) / Math.sqrt((squares[at] as number) + 1)
}
