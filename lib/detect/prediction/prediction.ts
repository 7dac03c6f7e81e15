import { noteVersion, startVersions, type VersionBook } from '@/lib/detect/concept/versions'
import type { Alarm, Detector, Return, UnitStanding } from '@/lib/detect/detector'
import {
  type CategoryColumn,
  type CategoryColumns,
  completeCategories,
  gatherCategories,
  startColumns,
} from '@/lib/detect/drift/category/columns'
import { categoryOf, codeOf } from '@/lib/detect/drift/code/book'
import { keepCodes } from '@/lib/detect/drift/code/level'
import { watchCode } from '@/lib/detect/drift/code/unit'
import { type PracticalBounds, usualBounds } from '@/lib/detect/drift/numeric/effect'
import {
  completeBaseline,
  keepLevel,
  type NumericUnit,
  startNumericUnit,
  watchValue,
} from '@/lib/detect/drift/numeric/unit'
import type { Frame } from '@/lib/detect/frame'
import { logitOf } from '@/lib/detect/prediction/logit'
import { classMoved, movedBack, numberMoved, type PredictionUnit } from '@/lib/detect/prediction/prediction-alarm'
import type { Label } from '@/lib/event/types'
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

export interface PredictionState {
  version: number
  baselineRows: number
  versions: VersionBook
  /** The first rows' classes; numbers beyond twenty different ones are values. */
  columns: CategoryColumns
  numbers: number
  distinct: number[]
  classes: CategoryColumn | null
  /** Runs of one class: correlation of the commonest class with the row before, by counts. */
  serial: { last: string; same: number; rows: number; counts: Map<string, number> }
  value: NumericUnit | null
  score: NumericUnit | null
  armed: boolean
}

const version = 3
const ringRows = 20_000
const fewest = 200
const manyValues = 20
const mostClasses = 200
/** Excess of equal neighbours over chance, from which classes are not watched one by one. */
const mostSerial = 0.1

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

function gather(state: PredictionState, prediction: Label, logit: number, frame: Frame, timeMs: number): void {
  const { serial } = state
  const name = categoryOf(String(prediction)) as string
  gatherCategories(state.columns, { prediction: name }, frame, timeMs, state.baselineRows, 1)
  if (serial.last === name) serial.same++
  serial.last = name
  serial.rows++
  if (serial.counts.size < mostClasses) serial.counts.set(name, (serial.counts.get(name) ?? 0) + 1)
  if (isFiniteNumber(prediction)) {
    state.numbers++
    if (state.distinct.length <= manyValues && !state.distinct.includes(prediction)) state.distinct.push(prediction)
    if (state.value) watchValue(state.value, frame.row, prediction, 0, 0.5, frame.stratum, timeMs)
  }
  if (Number.isFinite(logit) && state.score) watchValue(state.score, frame.row, logit, 0, 0.5, frame.stratum, timeMs)
}

function complete(state: PredictionState, frame: Frame): void {
  state.armed = true
  const isNumber = state.numbers > 0.9 * frame.row && state.distinct.length > manyValues
  const { cells, row } = frame
  const arm = (unit: NumericUnit | null): NumericUnit | null => {
    if (!unit) return null
    // An output is a sum of what comes in.
    completeBaseline(unit, row, Math.max(fewest, state.baselineRows / 4), cells, true)
    return unit.phase === 'off' ? null : unit
  }
  const [column] = completeCategories(state.columns, frame)
  state.columns = startColumns()
  state.columns.counting = []
  state.score = arm(state.score)
  state.value = isNumber ? arm(state.value) : null
  // Rows in runs are not alike whatever the mix; the score, where there is one, can be whitened and tells as much.
  state.classes = !isNumber && column && (cells > 1 || serialExcess(state) < mostSerial) ? column : null
  state.serial.counts = new Map()
}

/** Correlation of neighbours: equal ones, less those that chance gives, over the most that there could be. */
function serialExcess({ serial }: PredictionState): number {
  let chance = 0
  for (const count of serial.counts.values()) chance += (count / serial.rows) ** 2
  return chance < 1 ? (serial.same / Math.max(1, serial.rows - 1) - chance) / (1 - chance) : 0
}
