import type { Alarm, Detector, UnitStanding } from '@/lib/detect/detector'
import { rowOfLine } from '@/lib/detect/drift/rows'
import { reportCategory, watchCategory } from '@/lib/detect/drift/segment/category-bets'
import { completeCategoryUnits, gatherCategoryRow } from '@/lib/detect/drift/segment/category-complete'
import { crossCategory, settleCategory } from '@/lib/detect/drift/segment/category-crossing'
import { categorySegmentOf, gainOutside } from '@/lib/detect/drift/segment/category-explain'
import { categories, firstOf, readCategories, segments } from '@/lib/detect/drift/segment/category-row'
import {
  codesOf,
  noCategory,
  type SegmentCategoryState,
  startSegmentCategories,
  type ToldColumn,
} from '@/lib/detect/drift/segment/category-state'
import { readSegment } from '@/lib/detect/drift/segment/codes'
import { standingIn } from '@/lib/detect/drift/segment/standing'
import { stillWithin, withinSegment } from '@/lib/detect/drift/segment/words'
import { worstFirst } from '@/lib/evidence/report'
import { goldenStep } from '@/lib/stats/golden-step'

/**
 * Categories that change their shares in one segment only, such as one region or one device: too few rows to move the whole.
 *
 * Watches   the seven commonest values, and all others as one, of each string or boolean feature (the first 16) within each value of each segment key
 *           that has at least 60 rows in the baseline (the 20 commonest of a key).
 * Misses    what moves in rare segment values or among rare categories; seasonal models. Rows of a segment value that the baseline did not know are a
 *           launch and left out.
 * Assumes   rows of a segment exchangeable while nothing changes; a column whose rows there hang on those before is not watched there.
 * Evidence  e-detector over bets on the odds of each category, four each, on conformal ranks among the segment's own rows.
 * Effect    as for the feature. The subject is the segment value that explains the change best, of all keys; the feature alone when other rows moved too.
 * Source    recipes/drift.md §2 and §3; Vovk 2021, Testing randomness online.
 */
export interface SegmentCategoryParams {
  readonly least: number
  readonly mostValues: number
  readonly fewestRows: number
}

const version = 1

export const segmentCategory: Detector<SegmentCategoryParams, SegmentCategoryState> = {
  id: 'drift.feature/segment-category',
  version,
  reads: ['ml.prediction.v1'],
  spendsOn: ['ml.prediction.v1'],
  share: 0.05,
  minSample: 2000,
  params: { least: 0.05, mostValues: 20, fewestRows: 60 },
  idle: (state) =>
    state.phase === 'off' || (state.phase === 'gathering' && (state.keys.length === 0 || state.gathered.size === 0)),

  init: () => startSegmentCategories(version),

  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    const { params } = segmentCategory
    for (const arrival of batch) {
      const { event } = arrival
      if (event.type !== 'ml.prediction.v1') continue
      const frame = ctx.frame(arrival)
      if (state.phase === 'off') continue
      if (frame.cells > 1) {
        Object.assign(state, startSegmentCategories(version), { phase: 'off' })
        continue
      }
      const { features, segment } = event.data
      const { row } = frame
      const familiar = readSegment(frame.segments, segment, segments)
      if (!frame.armed) {
        gatherCategoryRow(state, features, frame.segments.keys, segments)
        continue
      }
      if (state.phase === 'gathering') {
        completeCategoryUnits(state, frame.segments, features, row, params)
        if (state.units.length === 0) {
          Object.assign(state, startSegmentCategories(version), { phase: 'off' })
          continue
        }
      }
      const live = readCategories(state, features, row, familiar)
      if (!familiar || live === 0) continue
      let keys = 0
      for (let k = 0; k < state.keys.length; k++) if (firstOf(state, k) >= 0) keys++
      if (keys === 0) continue
      const mass = ctx.mass(arrival) / (keys * live)
      let u = ctx.uniform(segmentCategory.id, row)
      for (let k = 0; k < state.keys.length; k++) {
        const first = firstOf(state, k)
        if (first < 0) continue
        for (let c = 0; c < state.columns.length; c++) {
          const category = categories[c] as number
          const unit = state.units[first + c]
          if (category === noCategory || !unit) continue
          u += goldenStep
          if (u >= 1) u -= 1
          if (unit.phase === 'settling') {
            settleCategory(state, first + c, unit, row)
            continue
          }
          const codes = codesOf(state.columns[c] as ToldColumn)
          if (watchCategory(state, first + c, codes, category, mass, u) < 1) continue
          const alarm = crossCategory(state, first + c, unit, frame.rows, row, params.least)
          if (alarm) alarms.push(alarm)
        }
      }
    }
    return { state, alarms }
  },

  /** A feature's own alarm that is confined to one segment says so. */
  refine(state, alarm, frame) {
    const { feature, segment } = alarm.subject
    if (alarm.kind !== 'drift.feature' || segment !== undefined || frame.row < 0 || state.phase !== 'armed')
      return alarm
    const at = state.columns.findIndex(({ name }) => name === feature)
    if (at < 0) return alarm
    const onsetRow = rowOfLine(frame.rows, alarm.onsetIndex)
    const found = categorySegmentOf(state, at, onsetRow, frame.row)
    // The segment's rows must bear what the alarm was raised on, and not some chance of their own.
    if (found && found.inside >= alarm.logE) return withinSegment(alarm, found)
    const units = state.units.filter((unit) => unit?.column === at)
    const unit = standingIn(units, alarm, onsetRow, (one, from) => gainOutside(state, one, from, frame.row))
    if (!unit) return alarm
    return stillWithin(alarm, state.keys[unit.key] as string, state.values[unit.key]?.[unit.code] as string)
  },

  standing(state, limit) {
    const standings: UnitStanding[] = []
    for (const [place, unit] of state.units.entries()) {
      if (!unit || state.updates[place] === 0) continue
      const { name: feature } = state.columns[unit.column] as ToldColumn
      const [key, value] = [state.keys[unit.key] as string, state.values[unit.key]?.[unit.code] as string]
      standings.push({
        kind: 'drift.feature',
        unit: `feature=${feature} & ${key}=${value}`,
        subject: { feature, segment: { [key]: value } },
        ...reportCategory(state, place),
        effect: 0,
      })
    }
    return worstFirst(standings, limit)
  },
}
