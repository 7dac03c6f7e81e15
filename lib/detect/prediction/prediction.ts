import { noteVersion, startVersions } from '@/lib/detect/concept/versions'
import type { Alarm, Detector, Return, UnitStanding } from '@/lib/detect/detector'
import { startColumns } from '@/lib/detect/drift/category/columns'
import { categoryOf, codeOf } from '@/lib/detect/drift/code/book'
import { keepCodes } from '@/lib/detect/drift/code/level'
import { watchCode } from '@/lib/detect/drift/code/unit'
import { type PracticalBounds, usualBounds } from '@/lib/detect/drift/numeric/effect'
import { keepLevel, type NumericUnit, startNumericUnit, watchValue } from '@/lib/detect/drift/numeric/unit'
import { complete, gather, type PredictionState } from '@/lib/detect/prediction/gather-outputs'
import { logitOf } from '@/lib/detect/prediction/logit'
import { classMoved, movedBack, numberMoved, type PredictionUnit } from '@/lib/detect/prediction/prediction-alarm'
import { reportEvidence, worstFirst } from '@/lib/evidence/report'
import { baselineRowsOf } from '@/lib/monitor/config'
import { isFiniteNumber } from '@/lib/stats/finite'

/**
 * What the model says moves: the mix of the classes that it predicts, a class it never predicted, the value of a regression, its score.
 *
 * Watches   each prediction against the first rows of the model. Scores on the logit scale; strata by season or segment, whitening by the baseline.
 * Misses    what leaves the output as it was: most concept changes.
 * Assumes   rows exchangeable in their stratum while nothing changes. A model that goes on learning changes its output as its work; with prompt
 *           labels the coordinator keeps this silent unless a version came.
 * Evidence  as features: e-detectors over bets on ranks and on shares; the mass of a line divided among the units that it touches.
 * Effect    as features: location, spread, tails or shape of the score; share of rows in other classes.
 * Source    recipes/drift.md §1, §2.
 *
 * @example  class "a" in 30 % of the predictions, then 60 % from row 3,000, budget 1 per 100,000 lines → one finding at index 3,053, onset 2,993.
 */
export interface PredictionParams {
  readonly bounds: PracticalBounds
  /** Share of rows in other classes than before. */
  readonly leastShare: number
}
const version = 4
const ringRows = 20_000
export const predictionDrift: Detector<PredictionParams, PredictionState> = {
  id: 'drift.prediction/output',
  version,
  reads: ['ml.prediction.v1', 'ml.version.v1'],
  spendsOn: ['ml.prediction.v1'],
  share: 0.08,
  idle: (state) => state.armed && !state.classes && !state.value && !state.score,
  minSample: 2000,
  params: { bounds: { ...usualBounds, tails: 0.005 }, leastShare: 0.03 },

  init: (_, ctx) => ({
    version,
    baselineRows: baselineRowsOf(ctx.config),
    versions: startVersions(),
    columns: startColumns(),
    numbers: 0,
    distinct: [],
    classes: null,
    serial: { last: '', same: 0, rows: 0, counts: new Map() },
    value: startNumericUnit(ringRows),
    score: startNumericUnit(ringRows),
    armed: false,
  }),

  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    const returns: Return[] = []
    const { bounds, leastShare } = predictionDrift.params
    for (const arrival of batch) {
      const { event, index } = arrival
      if (event.type === 'ml.version.v1') {
        // Rows are counted by the frame: the next prediction's.
        noteVersion(state.versions, event.data.version, index, state.serial.rows, true)
        continue
      }
      if (event.type !== 'ml.prediction.v1') continue
      const frame = ctx.frame(arrival)
      const { prediction, version: name } = event.data
      noteVersion(state.versions, name, index, frame.row, false)
      const logit = logitOf(event.data)
      const { timeMs } = event
      if (!frame.armed) {
        gather(state, prediction, logit, frame, timeMs)
        continue
      }
      if (!state.armed) complete(state, frame)
      state.serial.rows = frame.row + 1
      if (!frame.familiar) continue
      const { classes, value, score } = state
      const hasValue = value !== null && isFiniteNumber(prediction)
      const hasScore = score !== null && Number.isFinite(logit)
      const touched = (classes ? 1 : 0) + (hasValue ? 1 : 0) + (hasScore ? 1 : 0)
      if (touched === 0) continue
      const mass = ctx.mass(arrival) / touched
      if (classes) {
        const { unit, book } = classes
        const code = codeOf(book, categoryOf(String(prediction)) as string)
        const crossing = watchCode(
          unit,
          frame.row,
          code,
          mass,
          ctx.uniform(keys.class, frame.row),
          frame.stratum,
          timeMs,
        )
        const alarm = crossing && classMoved(crossing, book.names, frame.rows, leastShare, state.versions)
        if (alarm) alarms.push(alarm)
        else if (crossing) keepCodes(unit, frame.row)
        else if (unit.returnedRow === frame.row) returns.push(movedBack('class', unit.onsetRow, frame.rows))
      }
      for (const kind of numberKinds) {
        const unit = kind === 'value' ? hasValue && value : hasScore && score
        if (!unit) continue
        const x = kind === 'value' ? (prediction as number) : logit
        const crossing = watchValue(unit, frame.row, x, mass, ctx.uniform(keys[kind], frame.row), frame.stratum, timeMs)
        const alarm = crossing && numberMoved(kind, crossing, frame.rows, bounds, state.versions)
        if (alarm) alarms.push(alarm)
        else if (crossing) keepLevel(unit, frame.row)
        else if (unit.returnedRow === frame.row) returns.push(movedBack(kind, unit.onsetRow, frame.rows))
      }
    }
    return { state, alarms, returns }
  },

  standing(state, limit) {
    const standings: UnitStanding[] = []
    const add = (unit: PredictionUnit, { evidence }: { readonly evidence: NumericUnit['evidence'] }) =>
      standings.push({
        kind: 'drift.prediction',
        unit,
        subject: {},
        ...reportEvidence(evidence),
        effect: 0,
        n: evidence.updates,
      })
    if (state.classes) add('class', state.classes.unit)
    if (state.armed && state.value) add('value', state.value)
    if (state.armed && state.score) add('score', state.score)
    return worstFirst(standings, limit)
  },
}
const numberKinds = ['value', 'score'] as const
const keys: Record<PredictionUnit, string> = {
  class: 'drift.prediction class',
  value: 'drift.prediction value',
  score: 'drift.prediction score',
}
