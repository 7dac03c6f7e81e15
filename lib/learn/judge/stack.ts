import type { Judgement } from './calibrate'

/**
 * The chances of the linear learner and the votes of the forest, made one: softmax of a·log p_L + b·log p_F + c, learned online, each row after it was judged.
 *
 * Beside it runs the same without the forest: for rows on which no tree voted, and to know what the forest is worth. To both is added what the labels of
 * the rows just before were beyond what was expected of them, with a weight learned online: 0 where rows are independent of one another, and worth as much
 * as all else where labels come in runs (prices, weather, comments under one video).
 * Source  Wolpert 1992, Neural Networks 5; recipes/poisoning.md §2.3 of this project.
 */
export interface Stack {
  joint: Blend
  alone: Blend
  /** Nats a row that the forest saves, of late. */
  worth: number
  asleep: boolean
  runs: Runs
}

/** [y = k] − p_k of the rows of late, a forgetful mean by class, and its weight. */
interface Runs {
  excess: number[]
  weight: number
  square: number
}

interface Blend {
  linear: number
  forest: number
  /** Squares of their steps of late. */
  linearSquare: number
  forestSquare: number
  offset: number[]
}

const rate = 0.1
const forget = 0.999
const offsetRate = 0.003
const most = 3
const least = 0.02
const runsForget = 0.8
const runsRate = 0.05
const runsSquareForget = 0.9995
const mostRuns = 8
const worthRate = 0.001
/** A row counts at most so many nats for or against. */
const mostSaved = 1
/** A forest that saves less than the first is not asked any more; it is again at the second. */
const tooLittle = 0.003
const enough = 0.006

const startBlend = (linear: number, forest: number): Blend => ({
  linear,
  forest,
  linearSquare: 0,
  forestSquare: 0,
  offset: [],
})

export const startStack = (): Stack => ({
  joint: startBlend(0.45, 0.5),
  alone: startBlend(0.8, 0),
  worth: 0.01,
  asleep: false,
  runs: { excess: [], weight: 0, square: 0 },
})

const linearFloor = 1e-4
const forestFloor = 3e-3

/** Writes the blend of `j.raw` and, where trees voted, `j.voted` into `j.tempered`. */
export function blend(stack: Stack, classes: number, j: Judgement): void {
  for (let k = 0; k < classes; k++) j.logLinear[k] = Math.log((j.raw[k] as number) + linearFloor)
  mix(stack.alone, stack.runs, classes, j, false, j.alone)
  if (j.votes === 0) {
    for (let k = 0; k < classes; k++) j.tempered[k] = j.alone[k] as number
    return
  }
  for (let k = 0; k < classes; k++) j.logForest[k] = Math.log((j.voted[k] as number) + forestFloor)
  mix(stack.joint, stack.runs, classes, j, true, j.joint)
  const use = stack.asleep ? j.alone : j.joint
  for (let k = 0; k < classes; k++) j.tempered[k] = use[k] as number
}

function mix(
  by: Blend,
  { excess, weight }: Runs,
  classes: number,
  j: Judgement,
  withForest: boolean,
  out: Float64Array,
): void {
  let top = -1e300
  for (let k = 0; k < classes; k++) {
    const z =
      by.linear * (j.logLinear[k] as number) +
      (withForest ? by.forest * (j.logForest[k] as number) : 0) +
      (by.offset[k] ?? 0) +
      weight * (excess[k] ?? 0)
    out[k] = z
    if (z > top) top = z
  }
  let sum = 0
  for (let k = 0; k < classes; k++) {
    const e = Math.exp((out[k] as number) - top)
    out[k] = e
    sum += e
  }
  for (let k = 0; k < classes; k++) out[k] = (out[k] as number) / sum
}

/** @param every how many rows one is measured, while the forest sleeps. */
export function learnStack(stack: Stack, classes: number, j: Judgement, y: number, every: number): void {
  step(stack.alone, classes, j, false, j.alone, y)
  noteRun(stack.runs, classes, j.tempered, y)
  if (j.votes === 0) return
  step(stack.joint, classes, j, true, j.joint, y)
  const saved = Math.log((j.joint[y] as number) + 1e-3) - Math.log((j.alone[y] as number) + 1e-3)
  stack.worth +=
    worthRate * (stack.asleep ? every : 1) * (Math.max(-mostSaved, Math.min(mostSaved, saved)) - stack.worth)
  if (stack.worth < tooLittle) stack.asleep = true
  else if (stack.worth > enough) stack.asleep = false
}

function step(by: Blend, classes: number, j: Judgement, withForest: boolean, p: Float64Array, y: number): void {
  let linear = 0
  let forest = 0
  for (let k = 0; k < classes; k++) {
    const error = (p[k] as number) - (k === y ? 1 : 0)
    linear += error * (j.logLinear[k] as number)
    if (withForest) forest += error * (j.logForest[k] as number)
    by.offset[k] = (by.offset[k] ?? 0) - offsetRate * error
  }
  by.linearSquare = forget * by.linearSquare + linear * linear
  by.linear = Math.min(most, Math.max(least, by.linear - (rate * linear) / Math.sqrt(by.linearSquare + 1)))
  if (!withForest) return
  by.forestSquare = forget * by.forestSquare + forest * forest
  by.forest = Math.min(most, Math.max(least, by.forest - (rate * forest) / Math.sqrt(by.forestSquare + 1)))
}

function noteRun(runs: Runs, classes: number, p: Float64Array, y: number): void {
  const { excess } = runs
  let slope = 0
  for (let k = 0; k < classes; k++) {
    const more = (k === y ? 1 : 0) - (p[k] as number)
    const was = excess[k] ?? 0
    slope += more * was
    excess[k] = runsForget * was + (1 - runsForget) * more
  }
  runs.square = runsSquareForget * runs.square + slope * slope
  runs.weight = Math.max(0, Math.min(mostRuns, runs.weight + (runsRate * slope) / Math.sqrt(runs.square + 0.1)))
}

/** Forgets the rows just before: for who is asked later, of other rows. */
export function forgetRun({ runs }: Stack): void {
  runs.excess = []
}
