import type { Alarm, Detector, Return, UnitStanding } from '@/lib/detect/detector'
import { type KeyOrder, keyOrder } from '@/lib/detect/drift/key-order'
import type { Frame } from '@/lib/detect/frame'
import { type Channel, channels } from '@/lib/detect/quality/channel'
import { type Column, columnOf } from '@/lib/detect/quality/column'
import { flagRow, hourOf } from '@/lib/detect/quality/flag-row'
import { flagStandings } from '@/lib/detect/quality/flag-standing'
import { blockRows, nearRows } from '@/lib/detect/quality/flag-unit'
import { type Gathered, gatherRow, mostColumns, startGathering } from '@/lib/detect/quality/gathered'
import { judgeFlags } from '@/lib/detect/quality/judge-flags'
import { type Latest, lookAt, startLatest } from '@/lib/detect/quality/latest'
import { type NewKeys, newKeysWeight, startNewKeys } from '@/lib/detect/quality/new-keys'
import { readRow } from '@/lib/detect/quality/read-row'
import { syncColumns } from '@/lib/detect/quality/sync'
import { worstFirst } from '@/lib/evidence/report'
import { baselineRowsOf } from '@/lib/monitor/config'

/**
 * What a pipeline does to a column: it goes missing, changes its type or format, is rounded, stands still, carries values no one would believe, or is new.
 *
 * Watches   for each feature of `ml.prediction.v1`, from the row after the first `baseline.rows` on, how often a row is flagged: missing (null or no key);
 *           of another type or format than the baseline's; a number that repeats the last one (of all rows, or of the row's segment), where more than
 *           half of the baseline's numbers differ; a number beyond belief (value-range.ts); a constant that varies. And keys that the baseline lacked.
 * Misses    faults that leave presence, type and plausible values as they were: units and swaps are the numeric detectors'. A fault whose share of rows
 *           is below `least`.
 * Assumes   rows exchangeable while nothing changes: given the hour, the segment or the flag's own past where the baseline shows that it hangs on one.
 * Evidence  one e-detector a flag: conformal, exact for a finite baseline, from a rate of 0 too (flag-unit.ts).
 * Effect    null-corrected change of the share of flagged rows; smaller than `least`: the new level is taken on without a word.
 * Cost      two comparisons a value; a flag costs more only where its rarer side comes, and once in 256 rows.
 * Source    Vovk 2021, Testing randomness online; Shin, Ramdas & Rinaldo 2022; recipes/drift.md §2–3.
 *
 * @example  25 features, one is null from row 3,000 on, budget 1 per 100,000 lines → one finding at index 3,002, onset 3,000, verdict "pipeline-bug".
 */
export interface FlagParams {
  /** Least change of the share of rows, by channel. */
  readonly least: Readonly<Record<Channel, number>>
}

export interface FlagState {
  version: number
  baselineRows: number
  gathered: Gathered | null
  firstMs: number
  lastMs: number
  columns: Column[]
  latest: Latest
  order: KeyOrder | null
  newKeys: NewKeys
  /** 1 / Σ weights of all flags, new keys' part included. */
  scale: number
  /** Mass received in this block, and spent a row of it: what the block before received. */
  received: number
  spend: number
}

const version = 3

export const qualityFlags: Detector<FlagParams, FlagState> = {
  id: 'quality/flags',
  version,
  reads: ['ml.prediction.v1'],
  spendsOn: ['ml.prediction.v1'],
  share: 0.12,
  minSample: 2000,
  params: { least: { missing: 0.01, schema: 0.005, repeat: 0.01, range: 0.002, constant: 0.005 } },

  init: (_params, ctx) => ({
    version,
    baselineRows: baselineRowsOf(ctx.config),
    gathered: startGathering(baselineRowsOf(ctx.config)),
    firstMs: Number.POSITIVE_INFINITY,
    lastMs: Number.NEGATIVE_INFINITY,
    columns: [],
    latest: startLatest(0, 0),
    order: null,
    newKeys: startNewKeys(),
    scale: 0,
    received: 0,
    spend: 0,
  }),

  idle: (state) => state.order !== null && state.columns.length === 0,

  update(state, batch, ctx) {
    const alarms: Alarm[] = []
    const returns: Return[] = []
    for (const arrival of batch) {
      const { event, index } = arrival
      if (event.type !== 'ml.prediction.v1') continue
      const frame = ctx.frame(arrival)
      const { features } = event.data
      const hour = frame.cells > 1 ? frame.cell : hourOf(event.timeMs)
      if (state.gathered) {
        gatherRow(state.gathered, features, hour, Math.min(254, frame.stratum))
        state.firstMs = Math.min(state.firstMs, event.timeMs)
        state.lastMs = Math.max(state.lastMs, event.timeMs)
        if (frame.row + 1 >= state.baselineRows) complete(state, frame, features, ctx.mass(arrival))
        continue
      }
      if (!state.order) continue
      state.received += ctx.mass(arrival)
      const at = flagRow(frame, event.data.segment, hour, state.spend, ctx)
      const end = frame.row % blockRows === blockRows - 1
      const crossed = readRow(state, features, at)
      if (frame.row % nearRows === nearRows - 1) syncColumns(state, at, crossed, end)
      if (crossed.length > 0) judgeFlags(state, crossed, index, frame, qualityFlags.params, alarms, returns)
      if (end) {
        state.spend = state.received / blockRows
        state.received = 0
      }
    }
    return { state, alarms, returns }
  },

  standing: (state, limit) => {
    const standings: UnitStanding[] = state.columns.flatMap(flagStandings)
    return worstFirst(standings, limit)
  },
}

function complete(state: FlagState, frame: Frame, features: object, mass: number): void {
  const gathered = state.gathered as Gathered
  const twoDays = state.lastMs - state.firstMs >= 40 * 3_600_000
  const segments = frame.segments.codes[0]?.size ?? 0
  const latest = startLatest(Math.min(mostColumns, gathered.columns.size), segments)
  state.latest = latest
  for (const [name, { kinds, numbers }] of gathered.columns) {
    const slot = state.columns.length
    const column = columnOf(name, slot, kinds, numbers, gathered, twoDays, latest, frame.cells !== 1, frame.row)
    if (column && slot < mostColumns) state.columns.push(column)
    else state.newKeys.known.add(name.slice(0, 120))
  }
  for (const column of state.columns) lookAt(latest, column)
  state.order = keyOrder(features, new Map(state.columns.map((column, slot) => [column.name, slot])))
  let weights = newKeysWeight
  for (const column of state.columns) for (const channel of channels) weights += column[channel]?.weight ?? 0
  state.scale = 1 / weights
  let lane = 0
  for (const column of state.columns) {
    for (const channel of channels) {
      const unit = column[channel]
      if (!unit) continue
      unit.weight *= state.scale
      unit.lane = lane++
    }
  }
  state.spend = mass
  state.gathered = null
}
