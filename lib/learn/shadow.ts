import type { GoldenRow, InitContext } from '@/lib/detect/detector'
import {
  asleepEvery,
  type Calibrator,
  emptyJudgement,
  type Judgement,
  judgeRow,
  learnCalibrator,
  startCalibrator,
} from './calibrate'
import { type Classes, classIndex, startClasses } from './classes'
import { columnValues } from './columns'
import {
  type Active,
  type Encoder,
  emptyActive,
  encode,
  fixColumns,
  measureRow,
  type Row,
  startEncoder,
} from './encode'
import { disbelieve, type Forest, openForest, startForest, teachForest, voteForest } from './forest'
import { nobody, numberOf } from './recent'
import { drawRow, dropRows, keepRow, type Rehearsal, startRehearsal } from './rehearsal'
import { fixSlots } from './slots'
import { growSoftmax, learnSoftmax, predictSoftmax, type Softmax, startSoftmax } from './softmax'
import { bears, type Suspect } from './trust'

/**
 * The shadow learner: a small model of what honest labels look like, learned online beside the one that is watched.
 *
 * Gives     the calibrated chance of each label of a row *before* its label is known to it; then learns the row.
 * Reads     numbers (standardised, binned), categories, text (hashed tokens and bigrams), embeddings; classes may appear at any time.
 * Start     columns are scaled by the golden rows and the first training rows, 200 together; then those are learned in three rounds.
 * Misses    regression (such rows are not judged), and interactions beyond pairs of columns.
 * State     plain data, bounded; deterministic: the same rows in the same order give the same numbers.
 */
export interface Shadow {
  classes: Classes
  encoder: Encoder
  model: Softmax
  forest: Forest
  calibrator: Calibrator
  rehearsal: Rehearsal
  /** Rows that wait until the columns are scaled; null afterwards. */
  waiting: Waiting[] | null
  learned: number
  /** Rows left with eager rehearsal. */
  eager: number
}

interface Waiting {
  row: Row
  y: number
  origin: string
  labeler: string | null
}

const rate = 0.12
const rehearsalRate = 0.05
/** While the learner is young, or has just lost rows that it believed, each row brings two rehearsals; one where there are many classes. */
const eagerRows = 4096
const eagerRowsAfterLoss = 2048
const eagerRehearsals = (classes: number) => (classes <= 4 ? 2 : 1)
/** Later on they hold a learner back in a world that moves, and cost as much as the rows themselves: one in this many rows. */
const rowsPerRehearsal = 4
/** A label that is already this likely is not rehearsed. */
const known = 0.95
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
    waiting: [],
    learned: 0,
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
  learn(shadow, row, y, goldenOrigin)
}

const active: Active = emptyActive()
/** Inputs of the row that was judged last. Read only. */
export const judgedInputs: Active = active
const judgement: Judgement = emptyJudgement()
const spare = new Float64Array(64)

/**
 * What an honest label of this row would be. Call `learn` for the same row next, or not at all.
 * @returns null while there is nothing to judge by; otherwise an object that the next call reuses.
 */
export function judge(shadow: Shadow, row: Row): Judgement | null {
  if (shadow.waiting || shadow.classes.task === 'regression') return null
  encode(shadow.encoder, row, active)
  judgeActive(shadow)
  return judgement
}

function judgeActive(shadow: Shadow): void {
  const classes = shadow.classes.names.length
  growSoftmax(shadow.model, classes)
  predictSoftmax(shadow.model, active, classes, judgement.raw)
  const asked = !shadow.calibrator.stack.asleep || shadow.learned % asleepEvery === 0
  judgement.votes = asked ? voteForest(shadow.forest, active.keys, classes, judgement.voted) : 0
  judgeRow(shadow.calibrator, active, classes, judgement)
}

/** Learns the row that was judged last (or, at the start, keeps it until there are enough). */
export function learn(shadow: Shadow, row: Row & { readonly labeler?: string }, y: number, origin: string): void {
  const labeler = row.labeler ?? null
  if (shadow.waiting) {
    measureRow(shadow.encoder, row, columnValues)
    shadow.waiting.push({ row: plain(row), y, origin, labeler })
    if (shadow.waiting.length >= columnValues) begin(shadow)
    return
  }
  learnActive(shadow, y, origin, labeler)
  rehearseSome(shadow)
}

/** Learns from the row that was judged last, everywhere but in rehearsal of others. */
function learnActive(shadow: Shadow, y: number, origin: string, labeler: string | null): void {
  learnCalibrator(shadow.calibrator, active, judgement, y)
  learnSoftmax(shadow.model, active, judgement.classes, y, judgement.raw, rate)
  keepRow(shadow.rehearsal, active, y, origin, labeler)
  if (shadow.forest.window)
    teachForest(
      shadow.forest,
      active.keys,
      y,
      judgement.classes,
      judgement.votes > 0 ? (judgement.voted[y] as number) : -1,
      numberOf(origin),
      labeler === null ? nobody : numberOf(labeler),
      shadow.learned,
      shadow.calibrator.stack.asleep ? asleepThrift : 1,
    )
  shadow.classes.rows[y] = (shadow.classes.rows[y] ?? 0) + 1
  shadow.learned++
}

function rehearseSome(shadow: Shadow): void {
  if (shadow.eager > 0) {
    shadow.eager--
    for (let r = 0; r < eagerRehearsals(judgement.classes); r++) rehearse(shadow, rehearsalRate)
  } else if (shadow.learned % rowsPerRehearsal === 0) rehearse(shadow, rehearsalRate)
}

function rehearse(shadow: Shadow, step: number): void {
  const row = drawRow(shadow.rehearsal)
  if (!row) return
  const classes = shadow.classes.names.length
  predictSoftmax(shadow.model, row, classes, spare)
  if ((spare[row.y] as number) > known) return
  learnSoftmax(shadow.model, row, classes, row.y, spare, step)
}

/** The columns are scaled: learns what waited, each row judged before it is learned, then over again. */
function begin(shadow: Shadow): void {
  const waiting = shadow.waiting ?? []
  shadow.waiting = null
  fixColumns(shadow.encoder)
  shadow.encoder.slots = fixSlots(waiting.map(({ row }) => row))
  openForest(shadow.forest, shadow.encoder.slots)
  for (const { row, y, origin, labeler } of waiting) {
    encode(shadow.encoder, row, active)
    judgeActive(shadow)
    learnActive(shadow, y, origin, labeler)
  }
  for (let r = 0; r < (startRounds - 1) * waiting.length; r++) rehearse(shadow, rehearsalRate)
}

/** Rows of whoever is distrusted are not rehearsed any more. */
export function distrust(shadow: Shadow, who: Suspect): void {
  dropRows(shadow.rehearsal, (row) =>
    'origin' in who
      ? row.origin === who.origin
      : 'labeler' in who
        ? row.labeler === who.labeler
        : row.y === who.y && bears(row, who.inputs),
  )
  if (!('inputs' in who)) {
    const number = numberOf('origin' in who ? who.origin : who.labeler)
    disbelieve(shadow.forest, (window, at) => ('origin' in who ? window.origin[at] : window.labeler[at]) === number)
  }
  shadow.eager = Math.max(shadow.eager, eagerRowsAfterLoss)
  if (!shadow.waiting || 'inputs' in who) return
  shadow.waiting = shadow.waiting.filter(({ origin, labeler }) =>
    'origin' in who ? origin !== who.origin : labeler !== who.labeler,
  )
}

const mostText = 20_000

function plain(row: Row): Row {
  return {
    features: { ...row.features },
    ...(row.text === undefined ? {} : { text: row.text.slice(0, mostText) }),
    ...(row.embedding ? { embedding: row.embedding.slice(0, 2048) } : {}),
    ...(row.segment ? { segment: row.segment } : {}),
  }
}
