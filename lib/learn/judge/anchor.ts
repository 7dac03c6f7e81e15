import { type Trees, voteOf } from '@/lib/learn/forest/trees'
import type { Active } from '@/lib/learn/inputs/encode'
import { judgedBounds } from '@/lib/learn/judge/judge'
import { predictSoftmax, type Softmax } from '@/lib/learn/linear/softmax'
import { judgeWithin } from '@/lib/learn/regression/judge-expected'
import { type Expected, emptyExpected, expect, type Regressor } from '@/lib/learn/regression/regressor'
import type { Shadow } from '@/lib/learn/shadow'
import { type Calibrator, emptyJudgement, type Judgement, judgeRow } from './calibrate'
import { forgetRun } from './stack'

/** The learner as it was once: it never learns again, so what pulls the learner slowly is seen against it. */
export interface Anchor {
  model: Softmax
  trees: Trees
  calibrator: Calibrator
  regressor: Regressor | null
  classes: number
  /** Rows learned when it was dropped. */
  learned: number
}

/** Rows learned before the anchor drops: enough to know the task, too few for slow poison to have come far. */
export const anchorRows = 4000

/** @returns the anchor: the one there is, a new one if it is time, or null. */
export function mayDrop(anchor: Anchor | null, shadow: Shadow): Anchor | null {
  if (anchor || shadow.learned < anchorRows) return anchor
  const dropped = structuredClone({
    model: shadow.model,
    trees: shadow.forest.trees,
    calibrator: shadow.calibrator,
    regressor: shadow.regressor,
    classes: shadow.classes.names.length,
    learned: shadow.learned,
  })
  forgetRun(dropped.calibrator.stack)
  return dropped
}

const expected: Expected = emptyExpected()
const judgement: Judgement = emptyJudgement()

/** @returns what the anchor makes of a row; null where there is no anchor, or none that knew two classes. Reused from call to call. */
export function judgeByAnchor(anchor: Anchor | null, shadow: Shadow, row: Active): Judgement | null {
  if (!anchor || anchor.classes < 2) return null
  if (anchor.regressor) {
    if (!shadow.regressor) return null
    expect(anchor.regressor, anchor.trees, row, 1, expected)
    // The classes are those of what is expected now: how likely are they by what was expected then?
    judgeWithin(expected, judgedBounds, row, judgement)
    return judgement
  }
  predictSoftmax(anchor.model, row, anchor.classes, judgement.raw)
  const { stack } = anchor.calibrator
  judgement.votes = stack.asleep ? 0 : voteOf(anchor.trees, row.keys, anchor.classes, judgement.voted)
  judgeRow(anchor.calibrator, row, anchor.classes, judgement)
  return judgement
}
