import type { Alarm, Detector, Return, UnitStanding } from '@/lib/detect/detector'
import { adoptLevel, withdrawLevel } from '@/lib/detect/drift/numeric/adopt'
import { crossed, returned, watchRow } from '@/lib/detect/drift/numeric/book-row'
import { peek, takeOut } from '@/lib/detect/drift/numeric/book-units'
import { catchUpAll } from '@/lib/detect/drift/numeric/catch-up'
import { type PracticalBounds, usualBounds } from '@/lib/detect/drift/numeric/effect'
import {
  completeFeatures,
  gatherFeatures,
  type NumericFeatureState,
  startNumericFeatures,
} from '@/lib/detect/drift/numeric/feature-state'
import { judgeFeature } from '@/lib/detect/drift/numeric/judge'
import { mostFeatures, readNone, readValues, values } from '@/lib/detect/drift/numeric/read-values'
import { keepLevel, type NumericUnit } from '@/lib/detect/drift/numeric/unit'
import { featureReturn } from '@/lib/detect/drift/rows'
import type { Frame } from '@/lib/detect/frame'
import { learnedShares } from '@/lib/evidence/learned-bets'
import { rankScores } from '@/lib/evidence/rank-bets'
import { reportEvidence, worstFirst } from '@/lib/evidence/report'
import { baselineRowsOf } from '@/lib/monitor/config'

/**
 * A numeric feature whose distribution moves: location, scale, tails or shape; among these a change of its unit, and two columns swapped.
 *
 * Watches   each numeric feature of `ml.prediction.v1` against the first rows of the model (baseline.rows, 2,000; a week where there is a season), by
 *           conformal ranks among the rows of its own kind: its hour of the week, or its segment where segments differ.
 * Misses    changes of dependence with equal margins, what moves in a small segment only, drift so slow that it enters its own reference first, and a
 *           day whose first part is too short and too flat to be seen in the baseline.
 * Assumes   rows of a kind exchangeable while nothing changes, after season and whitening (drift/numeric/season, drift/choose-whitener); where calm and wild
 *           stretches take turns only levels are told. Rows of segments that the baseline did not know are left out.
 * Evidence  e-detector over fixed normal-location and scale bets (.63 of the mass, most of it on weak changes), bets learned at two rates (.09) and bets on
 *           the tails (.28; evidence/rank-mixture). Missing, null, strings and the like are no value for it and spend nothing. In a season with weekends
 *           the lesser of two: as the day it is, or as a Sunday (drift/numeric/other-day).
 * Effect    what moved in its own unit; real but below `bounds`: nothing is said while it is (drift/patience), and the level stays in force.
 * Source    Vovk 2021, Testing randomness online; Shin, Ramdas & Rinaldo 2022; recipes/drift.md §1, §3, §5.
 *
 * @example  3,000 standard normal rows, then + .5, budget 1 per 100,000 lines → one finding at index 3,075, onset 3,000, verdict "benign-shift".
 */
export interface NumericFeatureParams {
  readonly bounds: PracticalBounds
  /** Features beyond are not watched. */
  readonly mostFeatures: number
}

const version = 8

export const numericFeature: Detector<NumericFeatureParams, NumericFeatureState> = {
  id: 'drift.feature/numeric',
  version,
  reads: ['ml.prediction.v1'],
  spendsOn: ['ml.prediction.v1'],
  share: 0.3,
  minSample: 2000,
  params: { bounds: usualBounds, mostFeatures },

  init: (_, ctx) => startNumericFeatures(version, baselineRowsOf(ctx.config)),

  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    const returns: Return[] = []
    for (const arrival of batch) {
      const { event } = arrival
      if (event.type !== 'ml.prediction.v1') continue
      const { features } = event.data
      const frame = ctx.frame(arrival)
      const { row } = frame
      if (!frame.armed) {
        gatherFeatures(state, features, frame, event.timeMs)
        continue
      }
      if (!state.order) completeFeatures(state, features, frame)
      const { order } = state
      if (!order) continue
      // A segment never seen is told by the segment's own detector; its rows say nothing about these.
      const touched = frame.familiar ? readValues(state.units, order, features) : readNone(state.units)
      const mass = touched > 0 ? ctx.mass(arrival) / touched : 0
      const u = ctx.uniform(numericFeature.id, row)
      watchRow(state.book, state.units, values, row, frame.stratum, mass, u, event.timeMs)
      if (returned.length > 0) noteReturns(state, frame, returns)
      // Judged once every unit has the row: whether two columns were swapped is asked of both.
      if (crossed.length > 0) judgeCrossed(state, frame, alarms)
    }
    return { state, alarms, returns }
  },

  adopt(state, { feature, segment }, row, what) {
    const i = state.names.indexOf(feature ?? '')
    const unit = state.units[i]
    if (!unit || segment) return false
    takeOut(state.book, i, unit)
    return what === 'adopt' ? adoptLevel(unit, row) : withdrawLevel(unit, row)
  },

  standing(state, limit) {
    const standings: UnitStanding[] = []
    const known = peek(state.book, state.units)
    for (const [i, unit] of state.units.entries()) {
      const name = state.names[i] as string
      if (unit.phase === 'gathering' || unit.phase === 'off') continue
      const { evidence, learned } = known[i] as (typeof known)[number]
      const shares = learnedShares(learned, 0)
      const effect = shares.reduce((sum, share, k) => sum + share * (rankScores[k] as number), 0)
      standings.push({
        kind: 'drift.feature',
        unit: `feature=${name}`,
        subject: { feature: name },
        ...reportEvidence(evidence),
        effect,
        n: evidence.updates,
      })
    }
    return worstFirst(standings, limit)
  },
}

function noteReturns({ names, units }: NumericFeatureState, { rows }: Frame, returns: Return[]): void {
  for (const i of returned.splice(0))
    returns.push(featureReturn(names[i] as string, (units[i] as NumericUnit).onsetRow, rows))
}

function judgeCrossed(state: NumericFeatureState, { row, rows }: Frame, alarms: Alarm[]): void {
  catchUpAll(state.book, state.units)
  for (const { slot, crossing } of crossed.splice(0)) {
    const alarm = judgeFeature(state.names, state.units, slot, crossing, rows, numericFeature.params.bounds)
    if (!alarm) keepLevel(state.units[slot] as NumericUnit, row)
    // A swap is said once, though both columns crossed.
    else if (!alarms.some(({ unit, onsetIndex }) => unit === alarm.unit && onsetIndex === alarm.onsetIndex))
      alarms.push(alarm)
  }
}
