import { startClasses } from '@/lib/detect/concept/class-book'
import { conceptParams } from '@/lib/detect/concept/concept-params'
import { placeForLabel, startOpenPredictions, takeEarly } from '@/lib/detect/concept/open-predictions'
import { standingOf } from '@/lib/detect/concept/standing'
import type { ConceptState } from '@/lib/detect/concept/state'
import { takeLabel } from '@/lib/detect/concept/take-label'
import { takePrediction } from '@/lib/detect/concept/take-prediction'
import { noteVersion, startVersions } from '@/lib/detect/concept/versions'
import type { Alarm, Detector, Return } from '@/lib/detect/detector'
import { startPerformance } from '@/lib/detect/prediction/performance'
import { performanceAlarm } from '@/lib/detect/prediction/performance-alarm'
import { watchExpected } from '@/lib/detect/prediction/watch-expected'
import { baselineRowsOf } from '@/lib/monitor/config'

/**
 * The rule behind the labels changed, a version is worse, or the mix of the classes moved: everything that needs a prediction together with its label.
 *
 * Watches   labelled predictions, joined by the prediction event's id whenever the label comes. Classes: error, error at the same confidence, mix of the
 *           labels, labels of like rows (leaves of a tree). Numbers: residuals, their size, what of it is not usual, residuals of like rows, labels. And, while there are
 *           none, the performance that the model's own confidence lets expect.
 * Misses    changes in rows whose label never comes, or comes after days of predictions more than `mostBytes` hold.
 * Assumes   rows exchangeable within strata (segment, hour, delay of the label: what errors depend on in the baseline; like scores, for labels that
 *           come in clumps) while nothing changes.
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
const version = 10
export const conceptDrift: Detector<ConceptParams, ConceptState> = {
  id: 'drift.concept/labelled',
  version,
  reads: ['ml.prediction.v1', 'ml.label.v1', 'ml.version.v1'],
  spendsOn: ['ml.prediction.v1', 'ml.label.v1'],
  share: { 'ml.prediction.v1': 0.05, 'ml.label.v1': 1 },
  minSample: 600,
  params: conceptParams,

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
        const alarm = crossing && performanceAlarm(state, crossing, frame.row, index, conceptParams)
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
