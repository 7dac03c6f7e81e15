import type { Alarm, Detector, Return, UnitStanding } from '@/lib/detect/detector'
import { forgetBets, jointAlarm, settleJoint } from '@/lib/detect/drift/joint/alarm'
import { chooseWitnesses, testRow } from '@/lib/detect/drift/joint/bets'
import { readCodes } from '@/lib/detect/drift/joint/codes'
import { completeJoint, gatherJoint } from '@/lib/detect/drift/joint/complete'
import { holdStudied, holdTested, partOf, putBy } from '@/lib/detect/drift/joint/rows'
import { type JointState, reserveRows, startJoint } from '@/lib/detect/drift/joint/state'
import { closeBlock } from '@/lib/detect/drift/joint/study'
import { readSegment } from '@/lib/detect/drift/segment/codes'
import { uniformFrom } from '@/lib/stats/hash-uniform'

/**
 * How features hang together changes though each keeps its own distribution, and in a way that no correlation shows: an either-or of two or three, a ring
 * that becomes a blob, a number that no longer goes with a category, two categories that let go of each other.
 *
 * Watches   quarters of each number (in a season, of what is left of its level at that hour) and groups of each category's values (the first 26 that can be read so): every product of two functions of ±1 of two
 *           features, and of three.
 * Misses    what shows in no quarter, nor in three features together; changes spread thin over very many dependences. Columns whose rows depend on those
 *           before, or that wander, have no part.
 * Assumes   rows exchangeable while nothing changes; one bet is left out where the baseline's rows depend on one another under it.
 * Evidence  three rows in ten say what seems to move; the others are bet on, by the ratio that those suggest, on conformal ranks among all that were
 *           tested before: exact whatever is chosen, since the choice never sees them. Mass is spent only while there is something to bet on.
 * Effect    change of the mean product of the functions, less what their own means explain and what chance does: a correlation of ±1 values.
 * Source    Shekhar & Ramdas 2021, Nonparametric two-sample testing by betting; Pandeva et al. 2022, E-valuating classifier two-sample tests; Vovk 2021.
 *
 * @example  c is above its median where just one of a and b is, until row 4,000 → one finding of features a, b, c with onset 4,000.
 */
export interface JointParams {
  readonly least: number
}

const version = 2

export const jointDependence: Detector<JointParams, JointState> = {
  id: 'drift.multivariate/joint',
  version,
  reads: ['ml.prediction.v1'],
  spendsOn: ['ml.prediction.v1'],
  share: 0.06,
  minSample: 2000,
  params: { least: 0.08 },
  idle: (state) => state.phase === 'off',

  init: () => startJoint(version),

  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    const returns: Return[] = []
    for (const arrival of batch) {
      const { event } = arrival
      if (event.type !== 'ml.prediction.v1') continue
      const frame = ctx.frame(arrival)
      if (state.phase === 'off') continue
      const { features } = event.data
      if (!frame.armed) {
        gatherJoint(state, features, frame.row, event.timeMs)
        continue
      }
      if (state.phase === 'gathering') {
        completeJoint(state, features, frame.cells)
        if (isOff(state)) {
          Object.assign(state, startJoint(version), { phase: 'off' })
          continue
        }
      }
      if (!readSegment(frame.segments, event.data.segment, codes)) continue
      state.received += ctx.mass(arrival)
      const part = partOf(frame.row)
      if (part === 'kept' && state.reserve.count === reserveRows) continue
      readCodes(state, features, frame.row, event.timeMs)
      if (part === 'kept') {
        putBy(state)
        continue
      }
      if (part === 'studied') {
        if (!holdStudied(state)) continue
        closeBlock(state.study, state.phase === 'learning')
        if (state.phase === 'learning' && frame.row >= state.learnedRow) state.phase = 'armed'
        else if (state.phase === 'armed') chooseWitnesses(state)
        continue
      }
      const crossing = state.phase === 'armed' ? testRow(state, uniformFrom(0x3c6ef372, frame.row)) : null
      if (holdTested(state, frame.row) && state.phase === 'armed') chooseWitnesses(state)
      if (!crossing) continue
      const said = jointAlarm(state, crossing, frame, jointDependence.params.least)
      if (said.alarm) alarms.push(said.alarm)
      if (said.back) returns.push(said.back)
      if (said.alone) forgetBets(state)
      else settleJoint(state, frame.row)
    }
    return { state, alarms, returns }
  },

  standing(state, limit) {
    const standings: UnitStanding[] = []
    let total = 0
    for (const m of state.m) total += m
    const witness = state.witnesses.find((one) => one)
    if (witness && state.updates > 0 && limit > 0) {
      const threshold = -Math.log(state.mass / state.updates)
      standings.push({
        kind: 'drift.multivariate',
        unit: 'joint',
        subject: { features: witness.features.map((f) => state.features[f]?.name as string) },
        logE: total > 0 ? Math.max(-50, Math.log(total) + threshold) : -50,
        threshold,
        effect: 0,
        n: state.updates,
      })
    }
    return standings
  },
}

const codes = new Uint8Array(64)
const isOff = (state: JointState): boolean => state.phase === 'off'
