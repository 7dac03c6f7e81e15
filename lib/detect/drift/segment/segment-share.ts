import type { Alarm, Detector, Return, UnitStanding } from '@/lib/detect/detector'
import { watchCode } from '@/lib/detect/drift/code/unit'
import { novelCrossing } from '@/lib/detect/drift/segment/novel-crossing'
import { shareAlarm, shareReturn } from '@/lib/detect/drift/segment/share-alarm'
import { armShares, gatherShares } from '@/lib/detect/drift/segment/share-gather'
import {
  type SegmentShareState,
  type ShareKey,
  segmentName,
  shareCode,
  startSegmentShares,
} from '@/lib/detect/drift/segment/share-state'
import { tellApart } from '@/lib/detect/drift/segment/tell-apart'
import { reportEvidence, worstFirst } from '@/lib/evidence/report'
import { baselineRowsOf } from '@/lib/monitor/config'
import { goldenStep } from '@/lib/stats/golden-step'

/**
 * The mix of segments moves: one region sends more than its share, another goes quiet, or a value comes that the baseline never saw (a launch).
 *
 * Watches   the shares of the values of each segment key; values beyond the sixty commonest count as one.
 * Misses    keys like identifiers (more than half of the baseline's values differ).
 * Assumes   rows exchangeable while nothing changes; in a seasonal model, within a cell of the season.
 * Evidence  e-detector over bets on the odds of each value (up to seven), on a value from nothing, and on observed over expected at three rates.
 * Effect    null-corrected total variation: share of rows in other values than before. Below `least` the new mix is taken on without a word.
 * Source    recipes/drift.md §2 and §3.
 *
 * @example  two regions, a third from row 3,000 on with every tenth row → one finding, onset 3,000, subject {segment: {region: "new"}}.
 */
export interface SegmentShareParams {
  readonly least: number
  readonly ringRows: number
  readonly mostKeys: number
}

const version = 3

export const segmentShare: Detector<SegmentShareParams, SegmentShareState> = {
  id: 'drift.segment/share',
  version,
  reads: ['ml.prediction.v1'],
  spendsOn: ['ml.prediction.v1'],
  share: 0.05,
  minSample: 2000,
  params: { least: 0.03, ringRows: 20_000, mostKeys: 8 },
  idle: (state) => state.phase === 'off' || (state.phase === 'gathering' && state.first.size === 0),

  init: () => startSegmentShares(version),

  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    const returns: Return[] = []
    for (const arrival of batch) {
      const { event } = arrival
      if (event.type !== 'ml.prediction.v1') continue
      const frame = ctx.frame(arrival)
      if (state.phase === 'off') continue
      const { segment } = event.data
      if (!frame.armed) {
        gatherShares(state, segment, frame, event.timeMs, baselineRowsOf(ctx.config), segmentShare.params.mostKeys)
        continue
      }
      if (state.phase === 'gathering') armShares(state, frame, segmentShare.params.ringRows)
      const live = state.keys.length
      if (live === 0) continue
      const mass = ctx.mass(arrival) / live
      let u = ctx.uniform(segmentShare.id, frame.row)
      for (const key of state.keys) {
        u += goldenStep
        if (u >= 1) u -= 1
        const { unit } = key
        if (!unit) continue
        const code = shareCode(key, segmentName(segment?.[key.name]))
        key.came[frame.row % unit.held] = code
        const told = Math.min(code, key.told)
        const stratum = key.chained ? key.last : frame.cell
        key.last = told
        const crossing =
          watchCode(unit, frame.row, told, mass / 2, u, stratum) ??
          novelCrossing(key, unit, frame.row, mass / 2, (u + goldenStep) % 1)
        if (unit.returnedRow === frame.row) returns.push(shareReturn(key, unit.onsetRow, frame))
        if (!crossing) continue
        const alarm = shareAlarm(key, crossing, frame, segmentShare.params.least)
        tellApart(key, frame.row)
        if (alarm) alarms.push(alarm)
      }
    }
    return { state, alarms, returns }
  },

  standing(state, limit) {
    const standings: UnitStanding[] = []
    for (const { name, unit } of state.keys) {
      if (!unit) continue
      standings.push({
        kind: 'drift.segment',
        unit: `segment=${name}`,
        subject: {},
        ...reportEvidence(unit.evidence),
        effect: 0,
        n: unit.evidence.updates,
      })
    }
    return worstFirst(standings, limit)
  },
}

export type { ShareKey }
