import type { Alarm, Detector, Return, UnitStanding } from '@/lib/detect/detector'
import { categoryAlarm } from '@/lib/detect/drift/category/alarm'
import {
  type CategoryColumn,
  type CategoryColumns,
  completeCategories,
  gatherCategories,
  startColumns,
} from '@/lib/detect/drift/category/columns'
import { codes, mostFeatures, readCodes, readNone } from '@/lib/detect/drift/category/row'
import { swapAlarm, swappedWith } from '@/lib/detect/drift/category/swapped'
import { shareRates } from '@/lib/detect/drift/code/learned'
import { adoptCodes, keepCodes, withdrawCodes } from '@/lib/detect/drift/code/level'
import { type CodeUnit, shareOf, skipCode, watchCode } from '@/lib/detect/drift/code/unit'
import { type KeyOrder, keyOrder } from '@/lib/detect/drift/key-order'
import { featureReturn } from '@/lib/detect/drift/rows'
import { reportEvidence, worstFirst } from '@/lib/evidence/report'
import { baselineRowsOf } from '@/lib/monitor/config'
import { goldenStep } from '@/lib/stats/golden-step'

/**
 * A string or boolean feature whose categories change their shares, that takes values never seen, or those of another column.
 *
 * Watches   each string or boolean feature of `ml.prediction.v1` against the first rows of the model (baseline.rows, 2,000).
 * Misses    columns like identifiers (more than half of the baseline's values differ), changes among the categories beyond the sixty commonest, and
 *           what moves in a small segment only.
 * Assumes   rows of a kind (hour of the day or week, the value before where values come in runs, or segment, where these differ) exchangeable while
 *           nothing changes.
 * Evidence  e-detector over bets on the odds of each category (up to seven), on unknown values from nothing, and on observed over expected at three rates.
 * Effect    null-corrected total variation: share of rows in other categories than before; real but below `least`: nothing is said while it is (drift/patience), and the level stays in force.
 * Source    recipes/drift.md §2; Vovk 2021, Testing randomness online.
 *
 * @example  a share of .3, then .5 from row 3,000, budget 1 per 100,000 lines → one finding at index 3,061, onset 3,000.
 */
export interface CategoricalFeatureParams {
  readonly least: number
  readonly mostFeatures: number
}

export interface CategoricalFeatureState {
  version: number
  baselineRows: number
  columns: CategoryColumns
  /** Features in order of first appearance in the baseline; null while it fills. */
  watched: CategoryColumn[] | null
  order: KeyOrder | null
}

const version = 6

export const categoricalFeature: Detector<CategoricalFeatureParams, CategoricalFeatureState> = {
  id: 'drift.feature/categorical',
  version,
  reads: ['ml.prediction.v1'],
  spendsOn: ['ml.prediction.v1'],
  share: 0.1,
  idle: (state) => state.watched?.length === 0,
  minSample: 2000,
  params: { least: 0.03, mostFeatures },

  init: (_, ctx) => ({
    version,
    baselineRows: baselineRowsOf(ctx.config),
    columns: startColumns(),
    watched: null,
    order: null,
  }),

  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    const returns: Return[] = []
    const { least } = categoricalFeature.params
    for (const arrival of batch) {
      const { event } = arrival
      if (event.type !== 'ml.prediction.v1') continue
      const { features } = event.data
      const frame = ctx.frame(arrival)
      const { row, rows } = frame
      if (!frame.armed) {
        gatherCategories(state.columns, features, frame, event.timeMs, state.baselineRows, mostFeatures)
        continue
      }
      if (!state.watched || !state.order) {
        state.watched = completeCategories(state.columns, frame)
        state.order = keyOrder(features, new Map(state.watched.map(({ name }, slot) => [name, slot])))
      }
      if (state.watched.length === 0) continue
      // A segment never seen is told by the segment's own detector; its rows say nothing about these.
      const live = frame.familiar ? readCodes(state.watched, state.order, features) : readNone(state.watched)
      const mass = live > 0 ? ctx.mass(arrival) / live : 0
      const start = ctx.uniform(categoricalFeature.id, row)
      for (let i = 0; i < state.watched.length; i++) {
        const column = state.watched[i] as CategoryColumn
        const { unit, name, book } = column
        const code = codes[i] as number
        if (code < 0) {
          skipCode(unit, row)
          continue
        }
        const u = start + (i + 1) * goldenStep
        const stratum = column.chained ? column.last : frame.stratum
        column.last = code
        const crossing = watchCode(unit, row, code, mass, u - Math.floor(u), stratum, event.timeMs)
        if (crossing) {
          const alarm = categoryAlarm(name, crossing, book.names, rows, least, column.strange)
          const other = alarm && swappedWith(state.watched, column)
          if (alarm) alarms.push(other ? swapAlarm(alarm, column, other) : alarm)
          else keepCodes(unit, row)
        } else if (unit.returnedRow === row) returns.push(featureReturn(name, unit.onsetRow, rows))
      }
    }
    return { state, alarms, returns }
  },

  adopt(state, { feature, segment }, row, what) {
    const unit = state.watched?.find((column) => column.name === feature)?.unit
    if (!unit || segment) return false
    return what === 'adopt' ? adoptCodes(unit, row) : withdrawCodes(unit, row)
  },

  standing(state, limit) {
    const standings: UnitStanding[] = []
    for (const { unit, name } of state.watched ?? []) {
      standings.push({
        kind: 'drift.feature',
        unit: `feature=${name}`,
        subject: { feature: name },
        ...reportEvidence(unit.evidence),
        effect: recentShift(unit),
        n: unit.evidence.updates,
      })
    }
    return worstFirst(standings, limit)
  },
}

/** Total variation between what came in the latest 150 or so rows and what was expected of them, from the learned bets. */
function recentShift(unit: CodeUnit): number {
  const rate = shareRates.indexOf(1 / 150)
  const from = rate * unit.codes
  // With strata nothing decays lazily, and what was expected is known row by row.
  const scale = unit.strata ? 1 : (unit.decay[rate] as number)
  let rows = 0
  for (let c = 0; c < unit.codes; c++) rows += scale * (unit.observed[from + c] as number)
  if (rows < 20) return 0
  let apart = 0
  for (let c = 0; c < unit.codes; c++) {
    const expected = unit.strata ? (unit.expected[from + c] as number) : rows * shareOf(unit, c)
    apart += Math.abs(scale * (unit.observed[from + c] as number) - expected) / 2
  }
  return apart / rows
}
