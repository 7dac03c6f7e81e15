import type { Label } from '@/lib/event/types'
import { voteForest } from '@/lib/learn/forest/forest'
import { type Active, emptyActive, encode, type Row } from '@/lib/learn/inputs/encode'
import { growSoftmax, predictSoftmax } from '@/lib/learn/linear/softmax'
import { judgeExpected, tailOf } from '@/lib/learn/regression/judge-expected'
import { type Bounds, type Span, spanOf } from '@/lib/learn/regression/reach'
import { classOfTarget, type Expected, emptyExpected, expect, targetOf } from '@/lib/learn/regression/regressor'
import { emptyShadow, type Shadow } from '@/lib/learn/shadow'
import { asleepEvery, emptyJudgement, type Judgement, judgeRow } from './calibrate'

/** Of the row that was judged last: its inputs, what is made of it, and of a number what is expected. Read only, but for who judges and learns. */
export const judgedInputs: Active = emptyActive()
export const judgement: Judgement = emptyJudgement()
export const expected: Expected = emptyExpected()
/** Where the classes of a number lie, of the row that was judged last. Read only. */
export const judgedBounds: Bounds = expected.bounds

/**
 * What an honest label of this row would be. Call `learn` for the same row next, or not at all.
 * @returns null while there is nothing to judge by; otherwise an object that the next call reuses.
 */
export function judge(shadow: Shadow, row: Row): Judgement | null {
  if (shadow.classes.task === 'regression' && !shadow.regressor && !shadow.waiting) startOver(shadow)
  if (shadow.waiting) return null
  encode(shadow.encoder, row, judgedInputs)
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

const span: Span = { value: 0, above: 1, below: 1 }

/** Where honest numbers lie around what is expected of the row that was judged last, whatever its regions; null where labels are classes. Read only. */
export function judgedSpan({ regressor }: Shadow): Span | null {
  if (!regressor) return null
  spanOf(regressor.reach, expected.value, expected.spread, span)
  return span
}

/** What were taken for classes are numbers: nothing that was learned of them holds. */
function startOver(shadow: Shadow): void {
  const { classes } = shadow
  Object.assign(shadow, emptyShadow({}), { classes })
}

/** Judges the row whose inputs are at hand. */
export function judgeActive(shadow: Shadow): void {
  const { regressor, forest } = shadow
  if (regressor) {
    expect(regressor, forest.trees, judgedInputs, forest.grown, expected)
    judgeExpected(shadow.calibrator, judgedInputs, judgement)
    return
  }
  const classes = shadow.classes.names.length
  growSoftmax(shadow.model, classes)
  predictSoftmax(shadow.model, judgedInputs, classes, judgement.raw)
  const asked = !shadow.calibrator.stack.asleep || shadow.learned % asleepEvery === 0
  judgement.votes = asked ? voteForest(shadow.forest, judgedInputs.keys, classes, judgement.voted) : 0
  judgeRow(shadow.calibrator, judgedInputs, classes, judgement)
}
