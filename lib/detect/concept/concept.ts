import { classCode, startClasses } from '@/lib/detect/concept/class-book'
import { codeAt, startClassFamily, stratumAt, watchRow } from '@/lib/detect/concept/class-family'
import { errorIsBack, judgeClass, settleClasses } from '@/lib/detect/concept/class-judge'
import { confidenceOf } from '@/lib/detect/concept/confidence'
import { gatherColumns, makeFeatureBytes, writeBytes, writeGathered } from '@/lib/detect/concept/feature-bytes'
import { extraColumns, labelledRows, unfamiliar, writeExtras } from '@/lib/detect/concept/like-rows'
import { startNumberFamily, watchNumbers } from '@/lib/detect/concept/number-family'
import { judgeNumber, settleNumbers } from '@/lib/detect/concept/number-judge'
import {
  addPrediction,
  noClass,
  numberAt,
  placeForLabel,
  residualAt,
  startOpenPredictions,
  takeEarly,
  widen,
} from '@/lib/detect/concept/open-predictions'
import { correctShare } from '@/lib/detect/concept/share-unit'
import { standingOf } from '@/lib/detect/concept/standing'
import type { ConceptState } from '@/lib/detect/concept/state'
import { noteVersion, startVersions } from '@/lib/detect/concept/versions'
import type { Alarm, Context, Detector, Return } from '@/lib/detect/detector'
import type { Frame } from '@/lib/detect/frame'
import {
  calibrate,
  learnErrors,
  noteRealised,
  startPerformance,
  watchExpected,
} from '@/lib/detect/prediction/performance'
import { performanceAlarm } from '@/lib/detect/prediction/performance-alarm'
import type { EventOf, Label } from '@/lib/event/types'
import { baselineRowsOf } from '@/lib/monitor/config'

/**
 * The rule behind the labels changed, a version is worse, or the mix of the classes moved: everything that needs a prediction together with its label.
 *
 * Watches   labelled predictions, joined by the prediction event's id whenever the label comes. Classes: error, error at the same confidence, mix of the
 *           labels, labels of like rows (leaves of a tree). Numbers: residuals, their size, what of it is not usual, residuals of like rows, labels. And, while there are
 *           none, the performance that the model's own confidence lets expect.
 * Misses    changes in rows whose label never comes, or comes after days of predictions more than `mostBytes` hold.
 * Assumes   rows exchangeable within strata (segment, hour, delay of the label: what errors depend on in the baseline) while nothing changes.
 * Evidence  one e-detector a unit; with prompt labels an error that rises pages only if the labels of like rows changed too, a version came, or it rose
 *           by ten points: a learner's own wobble is none of these.
 * Effect    rise of the error; root mean square change of a label's share; growth of the residual; fall of the estimated accuracy.
 * Episodes  one change is said once a kind; then all watch on from the new level. A rule returns, without a finding, only if the errors fall with it.
 * Source    recipes/drift.md §2, §3 "Leaf", §5; Gama et al. 2014, A survey on concept drift adaptation.
 *
 * @example  error 10 %, then 30 % from the 3,000th prediction (line 6,000) → one finding at index 6,117, onset 5,974.
 */
export interface ConceptParams {
  readonly mostBytes: number
  readonly mostColumns: number
  readonly leastRise: number
  readonly leastMoved: number
  readonly leastGrowth: number
  readonly leastFall: number
}

const version = 7
const promptPredictions = 100
const manyValues = 20
const nearlyAll = 0.9
const fewestLabels = 100
/** Rows on which features are cut into bytes, whatever the baseline's length. */
const mostCutRows = 2000

export const conceptDrift: Detector<ConceptParams, ConceptState> = {
  id: 'drift.concept/labelled',
  version,
  reads: ['ml.prediction.v1', 'ml.label.v1', 'ml.version.v1'],
  spendsOn: ['ml.prediction.v1', 'ml.label.v1'],
  share: { 'ml.prediction.v1': 0.05, 'ml.label.v1': 1 },
  minSample: 600,
  params: {
    mostBytes: 4_000_000,
    mostColumns: 30,
    leastRise: 0.01,
    leastMoved: 0.02,
    leastGrowth: 0.05,
    leastFall: 0.02,
  },

  init: (params, ctx) => ({
    version,
    baselineRows: baselineRowsOf(ctx.config),
    events: 0,
    gathered: new Map(),
    book: null,
    open: startOpenPredictions(params.mostBytes),
    classes: startClasses(),
    versions: startVersions(),
    numbers: 0,
    distinct: [],
    task: 'unknown',
    promptRows: 0,
    prompt: false,
    pending: 0,
    classFamily: null,
    numberFamily: null,
    episode: null,
    openedAt: -1,
    back: 0,
    performance: startPerformance(),
  }),

  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    const returns: Return[] = []
    for (const arrival of batch) {
      const { event, index } = arrival
      state.events++
      if (event.type === 'ml.version.v1') {
        noteVersion(state.versions, event.data.version, index, state.open.next, true)
        continue
      }
      const frame = ctx.frame(arrival)
      if (event.type === 'ml.prediction.v1') {
        const place = takePrediction(state, event, index, frame, ctx)
        const u = ctx.uniform('drift.performance', frame.row)
        const crossing = watchExpected(state.performance, state.open, frame, place, ctx.mass(arrival), u)
        const alarm = crossing && performanceAlarm(state, crossing, frame.row, index, conceptDrift.params)
        if (alarm) alarms.push(alarm)
        const early = takeEarly(state.open, event.id)
        if (early !== undefined) takeLabel(state, place, early, index, frame, ctx, alarms, returns)
      } else if (event.type === 'ml.label.v1') {
        state.pending += ctx.mass(arrival)
        const place = placeForLabel(state.open, event.data.prediction, event.data.label)
        if (place >= 0) takeLabel(state, place, event.data.label, index, frame, ctx, alarms, returns)
      }
    }
    return { state, alarms, returns }
  },

  standing: standingOf,
}

function takePrediction(
  state: ConceptState,
  { id, data, timeMs }: EventOf<'ml.prediction.v1'>,
  line: number,
  frame: Frame,
  ctx: Context,
): number {
  const { open } = state
  const place = addPrediction(open, id)
  const number = open.next - 1
  open.line[place] = line
  open.timeMs[place] = timeMs
  const { prediction } = data
  if (state.task !== 'numbers') open.predicted[place] = classCode(state.classes, prediction)
  if (open.predictedValue.length > 0)
    open.predictedValue[place] = typeof prediction === 'number' ? prediction : Number.NaN
  open.stratum[place] = frame.familiar ? Math.min(frame.stratum, unfamiliar - 1) : unfamiliar
  open.confidence[place] = confidenceOf(data, ctx.config.classes)
  open.version[place] = noteVersion(state.versions, data.version, line, number, false)
  if (state.book) {
    writeBytes(state.book, data.features, open.features, place * open.width)
    writeExtras(open, place, open.stratum[place] as number, timeMs)
  } else {
    gatherColumns(state.gathered as NonNullable<typeof state.gathered>, data.features, number)
    if (typeof prediction === 'number') {
      state.numbers++
      if (state.distinct.length <= manyValues && !state.distinct.includes(prediction)) state.distinct.push(prediction)
    }
    if (open.next >= Math.min(state.baselineRows, mostCutRows)) cut(state, ctx)
  }
  return place
}

/** The first rows are in: what kind of task it is, and how features become bytes. */
function cut(state: ConceptState, ctx: Context): void {
  const { open } = state
  const gathered = state.gathered as NonNullable<typeof state.gathered>
  const rows = open.next
  const wanted = ctx.config.task
  const numbers = state.numbers > 0.9 * rows && state.distinct.length > manyValues
  state.task = wanted === 'regression' || (wanted === undefined && numbers) ? 'numbers' : 'classes'
  if (state.task === 'classes') {
    open.predictedValue = new Float64Array(0)
    open.labelValue = new Float64Array(0)
  }
  const book = makeFeatureBytes(gathered, rows, open.predicted, conceptDrift.params.mostColumns)
  widen(open, book.columns.length + extraColumns, conceptDrift.params.mostBytes)
  for (let n = 0; n < rows; n++) {
    writeGathered(book, gathered, n, open.features, n * open.width)
    writeExtras(open, n, open.stratum[n] as number, open.timeMs[n] as number)
  }
  state.book = book
  state.gathered = null
}

function takeLabel(
  state: ConceptState,
  place: number,
  label: Label,
  line: number,
  frame: Frame,
  ctx: Context,
  alarms: Alarm[],
  returns: Return[],
): void {
  const { open } = state
  const code = state.task === 'numbers' ? 0 : classCode(state.classes, label)
  const value = typeof label === 'number' ? label : Number.NaN
  if (open.label[place] !== noClass) {
    relabel(state, frame, place, code, value)
    return
  }
  const number = numberAt(open, place)
  const behind = open.next - 1 - number
  open.label[place] = code
  if (open.labelValue.length > 0) open.labelValue[place] = value
  open.judgedAt[place] = open.judged++
  open.delay[place] = Math.min(15, Math.floor(Math.log2(1 + behind)))
  noteRealised(
    state.performance,
    state.task === 'numbers' ? Math.abs(residualAt(open, place)) : code === open.predicted[place] ? 0 : 1,
  )
  if (!state.classFamily && !state.numberFamily) {
    state.pending = 0
    if (behind <= promptPredictions) state.promptRows++
    if (isComplete(state, frame)) completeLabels(state, frame)
    return
  }
  const mass = state.pending
  state.pending = 0
  const uniform = (lane: number) => ctx.uniform(units[lane] as string, open.judged)
  if (state.numberFamily) {
    settleNumbers(state, number)
    for (const found of watchNumbers(state.numberFamily, open, place, mass, uniform)) {
      const alarm = judgeNumber(state, found, line, conceptDrift.params)
      if (alarm) alarms.push(alarm)
    }
    return
  }
  const family = state.classFamily as NonNullable<typeof state.classFamily>
  settleClasses(state, frame, number)
  const back = errorIsBack(state, code !== open.predicted[place], number, line)
  if (back) returns.push(back)
  for (const { one, total } of watchRow(family, open, frame, place, mass, uniform)) {
    // A unit before it may have brought back them all.
    if (!one.unit || one.armedAt === open.judged) continue
    const judged = judgeClass(state, frame, one, total, line, conceptDrift.params)
    if (judged.alarm) alarms.push(judged.alarm)
    if (judged.back) returns.push(judged.back)
  }
}
const units = ['concept 0', 'concept 1', 'concept 2', 'concept 3', 'concept 4']

/** The latest label counts: where it was counted it is counted anew, and what evidence was spent on it stays spent. */
function relabel(state: ConceptState, frame: Frame, place: number, code: number, value: number): void {
  const { open, classFamily } = state
  if (open.labelValue.length > 0) open.labelValue[place] = value
  if (open.label[place] === code) return
  const counted = (classFamily?.units ?? []).map((one) =>
    one.unit
      ? {
          unit: one.unit,
          one,
          stratum: stratumAt(family(state), one, open, frame, place),
          before: codeAt(family(state), one.name, open, place),
        }
      : null,
  )
  open.label[place] = code
  for (const was of counted)
    if (was && was.stratum >= 0)
      correctShare(was.unit, was.stratum, was.before, codeAt(family(state), was.one.name, open, place))
}
const family = (state: ConceptState) => state.classFamily as NonNullable<typeof state.classFamily>

/**
 * `baselineRows` labels where nearly all predictions have theirs; else what came with 2.5 times as many events: labels of one class may be later than
 * those of another, and the first ones no fair sample.
 */
function isComplete(state: ConceptState, frame: Frame): boolean {
  const { open, baselineRows } = state
  if (!frame.armed || !state.book) return false
  if (open.judged >= baselineRows && open.judged >= nearlyAll * (open.next - promptPredictions)) return true
  return state.events >= 2.5 * baselineRows && open.judged >= Math.max(fewestLabels, 0.3 * baselineRows)
}

function completeLabels(state: ConceptState, frame: Frame): void {
  const { open } = state
  state.prompt = state.promptRows > 0.5 * Math.min(open.next, 1.5 * state.baselineRows)
  const rows = labelledRows(open, open.capacity)
  if (state.task === 'numbers') {
    state.numberFamily = startNumberFamily(open, state.book, frame)
    learnErrors(state.performance, open, state.book, rows, frame, (place) => Math.abs(residualAt(open, place)))
  } else {
    state.classFamily = startClassFamily(open, state.book, frame, state.classes.names)
    calibrate(state.performance, open, rows)
  }
}
