import type { GoldenRow, InitContext } from '@/lib/detect/detector'
import type { Label } from '@/lib/event/types'
import { type Forest, openForest, startForest, teachForest, voteForest } from '@/lib/learn/forest/forest'
import { columnValues } from '@/lib/learn/inputs/columns'
import {
  type Active,
  type Encoder,
  emptyActive,
  encode,
  fixColumns,
  measureRow,
  type Row,
  startEncoder,
} from '@/lib/learn/inputs/encode'
import { fixSlots } from '@/lib/learn/inputs/slots'
import {
  asleepEvery,
  type Calibrator,
  emptyJudgement,
  type Judgement,
  judgeRow,
  learnCalibrator,
  startCalibrator,
} from '@/lib/learn/judge/calibrate'
import { type Classes, classIndex, startClasses } from '@/lib/learn/judge/classes'
import { growSoftmax, learnSoftmax, predictSoftmax, type Softmax, startSoftmax } from '@/lib/learn/linear/softmax'
import { nobody, numberOf } from '@/lib/learn/place/recent'
import { judgeExpected, tailOf } from '@/lib/learn/regression/judge-expected'
import type { Bounds } from '@/lib/learn/regression/reach'
import {
  binsOf,
  classOfTarget,
  type Expected,
  emptyExpected,
  expect,
  learnTarget,
  type Regressor,
  startRegressor,
  targetBin,
  targetOf,
} from '@/lib/learn/regression/regressor'
import { keepRow, type Rehearsal, startRehearsal } from '@/lib/learn/rehearsal/rehearsal'
import { eagerRows, rehearse, rehearseSome } from '@/lib/learn/rehearsal/rehearse'
import { plainRow, type Waiting } from '@/lib/learn/rehearsal/waiting'

/**
 * The shadow learner: a small model of what honest labels look like, learned online beside the one that is watched.
 *
 * Gives     the calibrated chance of each label of a row *before* its label is known to it; then learns the row.
 * Reads     numbers (standardised, binned), categories, text (hashed tokens and bigrams), embeddings; classes may appear at any time. A linear learner
 *           (./softmax.ts) and a forest (./forest.ts), made one (./stack.ts) and calibrated (./calibrate.ts).
 * Start     columns are scaled by the golden rows and the first training rows, 200 together; then those are learned in three rounds.
 * Numbers   as labels: judged by how far they lie from what is expected (./regressor.ts).
 * State     plain data, bounded; deterministic: the same rows in the same order give the same numbers.
 */
export interface Shadow {
  classes: Classes
  encoder: Encoder
  model: Softmax
  forest: Forest
  calibrator: Calibrator
  rehearsal: Rehearsal
  /** Of numbers; null where labels are classes, and until there were enough. */
  regressor: Regressor | null
  /** Rows that wait until the columns are scaled; null afterwards. */
  waiting: Waiting[] | null
  learned: number
  reads: 'columns' | 'texts'
  /** Share of rows, of late, on which an honest label is expected not to be the favourite. */
  noise: number
  /** Rows left with eager rehearsal. */
  eager: number
}

/** AdaGrad's η. Of texts, where labels are noisy a row counts less: words are many, and each is seen seldom; among many classes a wrong favourite is not yet noise. */
export const rateOf = ({ noise, classes, reads }: Shadow) =>
  reads === 'texts' ? Math.max(0.035, 0.12 - (0.7 * noise) / classes.names.length) : 0.12
const noiseRate = 0.002
const startRounds = 3
/** A forest that is not asked grows its trees this many times as rarely. */
const asleepThrift = 4

export const goldenOrigin = ' golden'

export function startShadow({ config, golden }: Pick<InitContext, 'config' | 'golden'>): Shadow {
  const shadow: Shadow = {
    classes: startClasses(config),
    encoder: startEncoder(),
    model: startSoftmax(),
    forest: startForest(),
    calibrator: startCalibrator(),
    rehearsal: startRehearsal(),
    regressor: null,
    waiting: [],
    learned: 0,
    reads: 'columns',
    noise: 0.1,
    eager: eagerRows,
  }
  for (const row of golden) learnGolden(shadow, row)
  return shadow
}

function learnGolden(shadow: Shadow, row: GoldenRow): void {
  if (row.label === undefined) return
  const y = classIndex(shadow.classes, row.label)
  if (y < 0) return
  judge(shadow, row)
  learn(shadow, row, classOf(shadow, y, row.label), goldenOrigin)
}

const active: Active = emptyActive()
/** Inputs of the row that was judged last. Read only. */
export const judgedInputs: Active = active
const judgement: Judgement = emptyJudgement()
const expected: Expected = emptyExpected()
/** Where the classes of a number lie, of the row that was judged last. Read only. */
export const judgedBounds: Bounds = expected.bounds

/**
 * What an honest label of this row would be. Call `learn` for the same row next, or not at all.
 * @returns null while there is nothing to judge by; otherwise an object that the next call reuses.
 */
export function judge(shadow: Shadow, row: Row): Judgement | null {
  if (shadow.classes.task === 'regression' && !shadow.regressor && !shadow.waiting) startOver(shadow)
  if (shadow.waiting) return null
  encode(shadow.encoder, row, active)
  judgeActive(shadow)
  return judgement
}

/** @returns the class of a label of the row that was judged last. @param y what ./classes.ts says of it. */
export function classOf(shadow: Shadow, y: number, label: Label | undefined): number {
  const { regressor } = shadow
  return regressor && typeof label === 'number' ? classOfTarget(expected, targetOf(regressor, label)) : y
}

/** @returns the chance of a number as far from the expected as this label, of the row that was judged last; null where labels are classes. */
export const judgedTail = ({ regressor }: Shadow, label: Label | undefined): number | null =>
  regressor && typeof label === 'number' ? tailOf(expected, targetOf(regressor, label)) : null

/** What were taken for classes are numbers: nothing that was learned of them holds. */
function startOver(shadow: Shadow): void {
  const { classes } = shadow
  Object.assign(shadow, startShadow({ config: {}, golden: [] }), { classes })
}

function judgeActive(shadow: Shadow): void {
  const { regressor, forest } = shadow
  if (regressor) {
    expect(regressor, forest.trees, active, forest.grown, expected)
    judgeExpected(shadow.calibrator, active, judgement)
    return
  }
  const classes = shadow.classes.names.length
  growSoftmax(shadow.model, classes)
  predictSoftmax(shadow.model, active, classes, judgement.raw)
  const asked = !shadow.calibrator.stack.asleep || shadow.learned % asleepEvery === 0
  judgement.votes = asked ? voteForest(shadow.forest, active.keys, classes, judgement.voted) : 0
  judgeRow(shadow.calibrator, active, classes, judgement)
}

/** Learns the row that was judged last (or, at the start, keeps it until there are enough). */
export function learn(
  shadow: Shadow,
  row: Row & { readonly labeler?: string; readonly label?: Label },
  y: number,
  origin: string,
): void {
  const labeler = row.labeler ?? null
  if (shadow.waiting) {
    measureRow(shadow.encoder, row, columnValues)
    shadow.waiting.push({ row: plainRow(row), y, origin, labeler })
    if (shadow.waiting.length >= columnValues) begin(shadow)
    return
  }
  learnActive(shadow, y, row.label, origin, labeler)
  rehearseSome(shadow, judgement.classes)
}

/** Learns from the row that was judged last, everywhere but in rehearsal of others. */
function learnActive(
  shadow: Shadow,
  y: number,
  label: Label | undefined,
  origin: string,
  labeler: string | null,
): void {
  const { regressor, forest, calibrator } = shadow
  learnCalibrator(calibrator, active, judgement, y)
  let target = 0
  let bin = y
  let vote = judgement.votes > 0 ? (judgement.voted[y] as number) : -1
  if (regressor) {
    target = targetOf(regressor, Number(label))
    bin = targetBin(regressor, target)
    vote = learnTarget(regressor, active, expected, target)
  } else learnSoftmax(shadow.model, active, judgement.classes, y, judgement.raw, rateOf(shadow))
  const kept = keepRow(shadow.rehearsal, active, y, origin, labeler)
  kept.target = target
  kept.serial = shadow.learned
  if (forest.window)
    teachForest(
      forest,
      active.keys,
      bin,
      regressor ? binsOf(regressor) : judgement.classes,
      vote,
      numberOf(origin),
      labeler === null ? nobody : numberOf(labeler),
      shadow.learned,
      !regressor && calibrator.stack.asleep ? asleepThrift : 1,
    )
  shadow.classes.rows[y] = (shadow.classes.rows[y] ?? 0) + 1
  shadow.noise += noiseRate * (judgement.steady - shadow.noise)
  shadow.learned++
}

/** The columns are scaled: learns what waited, each row judged before it is learned, then over again. */
function begin(shadow: Shadow): void {
  const waiting = shadow.waiting ?? []
  shadow.waiting = null
  fixColumns(shadow.encoder)
  shadow.encoder.slots = fixSlots(waiting.map(({ row }) => row))
  if (waiting.some(({ row }) => row.text !== undefined)) shadow.reads = 'texts'
  openForest(shadow.forest, shadow.encoder.slots)
  if (shadow.classes.task === 'regression') {
    shadow.regressor = startRegressor(waiting.map(({ row }) => Number(row.label)))
    shadow.encoder.products = false
  }
  for (const { row, y, origin, labeler } of waiting) {
    encode(shadow.encoder, row, active)
    judgeActive(shadow)
    learnActive(shadow, classOf(shadow, y, row.label), row.label, origin, labeler)
  }
  for (let r = 0; r < (startRounds - 1) * waiting.length; r++) rehearse(shadow)
}
