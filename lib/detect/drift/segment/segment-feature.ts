import type { Alarm, Detector, UnitStanding } from '@/lib/detect/detector'
import { type PracticalBounds, usualBounds } from '@/lib/detect/drift/numeric/effect'
import { dealt, reportRanks, watchRank } from '@/lib/detect/drift/rank-book'
import { columnRow, gatherColumns, noBin, readColumns } from '@/lib/detect/drift/relation/columns'
import { segmentFeatureAlarm } from '@/lib/detect/drift/segment/alarm'
import { readSegment } from '@/lib/detect/drift/segment/codes'
import { completeSegmentFeatures } from '@/lib/detect/drift/segment/complete'
import { crossSegment, settleSegment } from '@/lib/detect/drift/segment/crossing'
import {
  type SegmentFeatureState,
  type SegmentUnit,
  startSegmentFeatures,
} from '@/lib/detect/drift/segment/feature-state'
import { gather, takes } from '@/lib/detect/drift/segment/gather'
import { refineBySegment } from '@/lib/detect/drift/segment/refine'
import { lastsADay, withoutSeason } from '@/lib/detect/drift/segment/season'
import { segmentTable } from '@/lib/detect/drift/segment/unit'
import { worstFirst } from '@/lib/evidence/report'
import { massAt, uniformAt } from '@/lib/evidence/stake'
import { binInGrid } from '@/lib/stats/edge-grid'
import { goldenStep } from '@/lib/stats/golden-step'

/**
 * A numeric feature that moves in one segment only, such as one region or one device: too few rows to move the whole.
 *
 * Watches   each numeric feature within each value of each segment key that has at least 40 rows in the baseline (the 20 commonest of a key).
 * Misses    what moves in rare values, and tails. Rows of a value that the baseline did not know are a launch and left out. In a season its level at the hour
 *           is taken out, and only levels are told, after a day; what still differs by the hour is not watched, nor what moves in several segments.
 * Assumes   rows of a segment exchangeable while nothing changes, after the whitening of the whole feature; where correlation is left within a
 *           segment, it is not watched.
 * Evidence  e-detector over fixed bets of location and scale on conformal ranks among the segment's own rows.
 * Effect    as for the feature. The subject is the segment value that explains the change best, of all keys; the feature alone when other rows moved too.
 * Source    recipes/drift.md §3; Vovk 2021, Testing randomness online.
 */
export interface SegmentFeatureParams {
  readonly bounds: PracticalBounds
  readonly mostFeatures: number
  readonly mostValues: number
  readonly fewestRows: number
}

const version = 5

export const segmentFeature: Detector<SegmentFeatureParams, SegmentFeatureState> = {
  id: 'drift.feature/segment',
  version,
  reads: ['ml.prediction.v1'],
  spendsOn: ['ml.prediction.v1'],
  share: 0.1,
  minSample: 2000,
  params: {
    bounds: usualBounds,
    mostFeatures: 64,
    mostValues: 20,
    fewestRows: 40,
  },
  idle: (state) => state.phase === 'off' || (state.phase === 'gathering' && state.keys.length === 0),

  init: () => startSegmentFeatures(version),

  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    for (const arrival of batch) {
      const { event } = arrival
      if (event.type !== 'ml.prediction.v1') continue
      const frame = ctx.frame(arrival)
      if (state.phase === 'off') continue
      const familiar = readSegment(frame.segments, event.data.segment, codes)
      if (!frame.armed) {
        if (!takes(state, frame.row)) continue
        gather(state, frame.segments.keys, codes, frame.row, event.timeMs)
        gatherColumns(state.columns, event.data.features, segmentFeature.params.mostFeatures)
        continue
      }
      if (state.phase === 'gathering') {
        completeSegmentFeatures(state, frame.segments, event.data.features, frame, segmentFeature.params)
        if (state.units.length === 0) {
          Object.assign(state, startSegmentFeatures(version), { phase: 'off' })
          continue
        }
      }
      const features =
        state.seasons.length > 0
          ? withoutSeason(state.seasons, state.columns.slots, event.data.features, event.timeMs, frame.row)
          : event.data.features
      const live = readColumns(state.columns, features, row)
      hold(state, frame.row, familiar)
      if (!familiar || live === 0) continue
      let keys = 0
      for (let k = 0; k < state.keys.length; k++) if (firstOf(state, k) >= 0) keys++
      if (keys === 0) continue
      const mass = ctx.mass(arrival) / (keys * live)
      let u = ctx.uniform(segmentFeature.id, frame.row)
      const width = state.columns.names.length
      for (let k = 0; k < state.keys.length; k++) {
        const first = firstOf(state, k)
        if (first < 0) continue
        for (let f = 0; f < width; f++) {
          const bin = row.bins[f] as number
          const unit = state.units[first + f]
          if (bin === noBin || !unit) continue
          u += goldenStep
          if (u >= 1) u -= 1
          if (unit.phase === 'settling') {
            settleSegment(state, unit, frame.row)
            continue
          }
          const own = unit.grid ? binInGrid(unit.grid, row.white[f] as number) : bin
          dealt[massAt] = mass
          dealt[uniformAt] = u
          if (!watchRank(state.ranks, first + f, segmentTable, own)) continue
          if (state.seasons.length > 0 && !lastsADay(state, unit, frame)) continue
          const crossing = crossSegment(state, unit, frame.row)
          if (!crossing) continue
          const alarm = segmentFeatureAlarm(state, unit, crossing, frame.rows, frame.row, segmentFeature.params.bounds)
          if (alarm) alarms.push(alarm)
        }
      }
    }
    return { state, alarms }
  },

  refine: refineBySegment,

  standing(state, limit) {
    const standings: UnitStanding[] = []
    for (const unit of state.units) {
      if (!unit || state.ranks.updates[unit.place] === 0) continue
      const feature = state.columns.names[unit.feature] as string
      const [key, value] = [state.keys[unit.key] as string, state.values[unit.key]?.[unit.code] as string]
      standings.push({
        kind: 'drift.feature',
        unit: `feature=${feature} & ${key}=${value}`,
        subject: { feature, segment: { [key]: value } },
        ...reportRanks(state.ranks, unit.place),
        effect: 0,
      })
    }
    return worstFirst(standings, limit)
  },
}

/** The row at hand: codes by key, and its columns. */
const codes = new Uint8Array(64)
const row = columnRow(segmentFeature.params.mostFeatures)

const firstOf = (state: SegmentFeatureState, key: number): number => state.first[key]?.[codes[key] as number] ?? -1

/** Keeps the row for onsets and effects; rows of a launch are no part of any segment. */
function hold(state: SegmentFeatureState, at: number, familiar: boolean): void {
  const slot = at % state.held
  for (let f = 0; f < state.recent.length; f++)
    (state.recent[f] as Float32Array)[slot] = familiar ? (row.raw[f] as number) : Number.NaN
  for (let k = 0; k < state.codes.length; k++) (state.codes[k] as Uint8Array)[slot] = codes[k] as number
}

export type { SegmentUnit }
