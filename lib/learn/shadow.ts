import type { InitContext } from '@/lib/detect/detector'
import { type Forest, startForest } from '@/lib/learn/forest/forest'
import { type Encoder, startEncoder } from '@/lib/learn/inputs/encode'
import { type Calibrator, startCalibrator } from '@/lib/learn/judge/calibrate'
import { type Classes, startClasses } from '@/lib/learn/judge/classes'
import { type Softmax, startSoftmax } from '@/lib/learn/linear/softmax'
import type { Regressor } from '@/lib/learn/regression/regressor'
import { type Rehearsal, startRehearsal } from '@/lib/learn/rehearsal/rehearsal'
import { eagerRows } from '@/lib/learn/rehearsal/rehearse'
import type { Waiting } from '@/lib/learn/rehearsal/waiting'

/**
 * The shadow learner: a small model of what honest labels look like, learned online beside the one that is watched.
 *
 * Gives     the calibrated chance of each label of a row *before* its label is known to it; then learns the row (./judge/judge.ts, ./learn.ts).
 * Reads     numbers (standardised, binned), categories, text (hashed tokens and bigrams), embeddings; classes may appear at any time. A linear learner
 *           (linear/softmax.ts) and a forest (forest/forest.ts), made one (judge/stack.ts) and calibrated (judge/calibrate.ts).
 * Start     columns are scaled by the golden rows and the first training rows, 200 together; then those are learned in three rounds.
 * Numbers   as labels: judged by how far they lie from what is expected (regression/regressor.ts).
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

export const goldenOrigin = ' golden'

/** A learner that knows nothing yet. */
export function emptyShadow(config: InitContext['config']): Shadow {
  return {
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
}
