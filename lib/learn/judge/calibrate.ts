import { type Active, regionBits } from '@/lib/learn/inputs/encode'
import { blend, learnStack, type Stack, startStack } from './stack'

/**
 * How often the learner's favourite is not the label, for anybody: by confidence, favourite, region and time. It holds hard regions: where
 * everyone is often wrong, nobody is suspect for living there.
 *
 * Formula  logit p = g·(−margin) + bin[favourite][margin] + Σ region effects;  p̄ = σ(logit p + max(0, δ)),
 *          δ ← .999·δ + .03·(b − p̄): a fast shift common to all, which only ever raises what is expected of an honest row.
 * Source   recipes/poisoning.md §2.4–2.5 of this project.
 */
export interface Calibrator {
  stack: Stack
  slope: number
  bin: Float64Array
  binSquare: Float64Array
  region: Float64Array
  regionSquare: Float64Array
  /** The common shift, for each favourite. */
  shift: number[]
}

const marginBins = 10
const mostFavourites = 64
/** While the forest sleeps it is asked on one row in so many, to know when to wake it. */
export const asleepEvery = 8

export const startCalibrator = (): Calibrator => ({
  stack: startStack(),
  slope: 0.8,
  bin: new Float64Array(marginBins * mostFavourites),
  binSquare: new Float64Array(marginBins * mostFavourites),
  region: new Float64Array(1 << regionBits),
  regionSquare: new Float64Array(1 << regionBits),
  shift: [],
})

/** An honest row's chances, before its label is known. Reused from call to call: read it, do not keep it. */
export interface Judgement {
  classes: number
  /** The learner's favourite. */
  favourite: number
  /** Chance that an honest label is another, shift included, bounded. */
  disagree: number
  /** Chance of each label. */
  p: Float64Array
  /** The linear learner's own probabilities, the forest's votes, and both made one (./stack.ts). */
  raw: Float64Array
  voted: Float64Array
  tempered: Float64Array
  /** Trees that voted; 0: none. */
  votes: number
  alone: Float64Array
  joint: Float64Array
  logLinear: Float64Array
  logForest: Float64Array
  margin: number
  bin: number
  /** As `disagree`, without the shift. */
  steady: number
  /** The row's regions: `region[0 … regions)`. */
  regions: number
  region: Int32Array
}

export const emptyJudgement = (): Judgement => ({
  classes: 0,
  favourite: 0,
  disagree: 0.5,
  p: new Float64Array(mostFavourites),
  raw: new Float64Array(mostFavourites),
  voted: new Float64Array(mostFavourites),
  tempered: new Float64Array(mostFavourites),
  votes: 0,
  alone: new Float64Array(mostFavourites),
  joint: new Float64Array(mostFavourites),
  logLinear: new Float64Array(mostFavourites),
  logForest: new Float64Array(mostFavourites),
  margin: 0,
  bin: 0,
  steady: 0.5,
  regions: 0,
  region: new Int32Array(0),
})

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

/** Fills `j` from `j.raw`, `j.voted` and the row's regions. */
export function judgeRow(cal: Calibrator, row: Active, classes: number, j: Judgement): void {
  const { tempered, p } = j
  blend(cal.stack, classes, j)
  let h = 0
  for (let k = 1; k < classes; k++) if ((tempered[k] as number) > (tempered[h] as number)) h = k
  const top = tempered[h] as number
  j.margin = Math.log((1 - top + 1e-3) / (top + 1e-3))
  j.bin = h * marginBins + Math.min(marginBins - 1, Math.max(0, Math.floor(-j.margin * 2)))
  let logit = cal.slope * j.margin + (cal.bin[j.bin] as number)
  for (let r = 0; r < row.regions; r++) logit += cal.region[row.region[r] as number] as number
  j.steady = sigmoid(logit)
  const shifted = sigmoid(logit + Math.max(0, cal.shift[h] ?? 0))
  j.disagree = Math.min(Math.max(shifted, 0.004), classes === 2 ? 0.5 : 0.75)
  j.favourite = h
  j.classes = classes
  j.regions = row.regions
  j.region = row.region
  const rest = 1 - top + 1e-9
  for (let k = 0; k < classes; k++)
    p[k] =
      k === h
        ? 1 - j.disagree
        : j.disagree * ((0.95 * (tempered[k] as number)) / rest + 0.05 / Math.max(1, classes - 1))
}

/** Learns from the label of the row that `j` judged. */
export function learnCalibrator(cal: Calibrator, row: Active, j: Judgement, y: number): void {
  const { classes, favourite: h } = j
  learnStack(cal.stack, classes, j, y, asleepEvery)
  const wrong = y === h ? 0 : 1
  const error = j.steady - wrong
  cal.slope = Math.min(3, Math.max(0.1, cal.slope - 0.002 * error * j.margin))
  cal.binSquare[j.bin] = (cal.binSquare[j.bin] as number) + error * error
  cal.bin[j.bin] = (cal.bin[j.bin] as number) - (0.15 * error) / Math.sqrt((cal.binSquare[j.bin] as number) + 1)
  // Many regions of one row learn together: each takes its part of the step.
  const rate = 0.1 / Math.max(1, Math.sqrt(row.regions / 3))
  for (let r = 0; r < row.regions; r++) {
    const at = row.region[r] as number
    cal.regionSquare[at] = (cal.regionSquare[at] as number) + error * error
    cal.region[at] = (cal.region[at] as number) - (rate * error) / Math.sqrt((cal.regionSquare[at] as number) + 1)
  }
  cal.shift[h] = Math.min(3, Math.max(-1, 0.999 * (cal.shift[h] ?? 0) + 0.03 * (wrong - j.disagree)))
}
