import type { Alarm, Detector, Return, UnitStanding } from '@/lib/detect/detector'
import { addTo, foldHours } from '@/lib/detect/drift/category-columns'
import { makeCodeBook } from '@/lib/detect/drift/code-book'
import { noCode } from '@/lib/detect/drift/code-level'
import { strataDiffer } from '@/lib/detect/drift/code-strata'
import { startCodeUnit, watchCode } from '@/lib/detect/drift/code-unit'
import { novelCrossing } from '@/lib/detect/drift/segment-novel-crossing'
import { startNovelty } from '@/lib/detect/drift/segment-novelty'
import { shareAlarm, shareReturn, tellApart } from '@/lib/detect/drift/segment-share-alarm'
import {
  type SegmentShareState,
  type ShareKey,
  segmentName,
  shareCode,
  startSegmentShares,
} from '@/lib/detect/drift/segment-share-state'
import type { Frame } from '@/lib/detect/frame'
import { seasonCell } from '@/lib/detect/season'
import type { Segment } from '@/lib/event/types'
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

const version = 1

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
        gather(state, segment, frame, event.timeMs, baselineRowsOf(ctx.config))
        continue
      }
      if (state.phase === 'gathering') arm(state, frame)
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

/** The code book from the first half of the baseline's rows, counts from what follows: a book chosen by the rows it is measured on would see novelty by selection. */
function gather(
  state: SegmentShareState,
  segment: Segment | undefined,
  frame: Frame,
  timeMs: number,
  baselineRows: number,
): void {
  const half = baselineRows >> 1
  if (frame.row < half) {
    for (const name in segment) {
      let values = state.first.get(name)
      if (!values) {
        if (state.first.size >= segmentShare.params.mostKeys) continue
        values = new Array<string>(frame.row).fill('')
        state.first.set(name, values)
      }
      while (values.length < frame.row) values.push('')
      values.push(segmentName(segment[name]))
    }
    return
  }
  if (state.keys.length === 0 && state.first.size > 0) {
    for (const [name, values] of state.first) {
      while (values.length < half) values.push('')
      const { names, codes } = makeCodeBook(values)
      if (new Set(values).size > 0.5 * values.length) continue
      state.keys.push({
        name,
        values: names,
        codes,
        told: names.length,
        byHour: [],
        byLast: [],
        chained: false,
        last: 0,
        novelty: null,
        unit: null,
        came: new Uint8Array(0),
      })
    }
    state.first = new Map()
  }
  for (const key of state.keys) {
    const code = Math.min(shareCode(key, segmentName(segment?.[key.name])), key.told)
    addTo(key.byHour, seasonCell(168, timeMs), code, 1, key.told + 1)
    if (frame.row > half) addTo(key.byLast, key.last, code, 1, key.told + 1)
    key.last = code
  }
}

function arm(state: SegmentShareState, frame: Frame): void {
  state.phase = state.keys.length === 0 ? 'off' : 'armed'
  state.first = new Map()
  for (const key of state.keys) {
    const counts = new Float64Array(key.told + 1)
    for (const hour of key.byHour)
      for (let c = 0; hour && c < counts.length; c++) counts[c] = (counts[c] as number) + (hour[c] as number)
    const cells = frame.cells > 1 ? foldHours(key.byHour, frame.cells, counts.length) : []
    // Hours make neighbours alike too: in a season its cells come first.
    key.chained = cells.length === 0 && repeats(key.byLast, counts)
    const strata = key.chained ? key.byLast : strataDiffer(cells) ? cells : null
    key.novelty = key.chained
      ? null
      : startNovelty(
          counts[key.told] as number,
          counts.reduce((a, b) => a + b, 0),
        )
    key.unit = startCodeUnit(counts, segmentShare.params.ringRows, frame.row, strata)
    key.came = new Uint8Array(segmentShare.params.ringRows).fill(noCode)
    key.byHour = []
    key.byLast = []
  }
}

/** Does a value follow itself more often than its share says? By a tenth of the way at least, and beyond chance. */
function repeats(byLast: readonly (Float64Array | null)[], counts: Float64Array): boolean {
  const rows = counts.reduce((a, b) => a + b, 0)
  const expected = counts.reduce((sum, own) => sum + (own / rows) ** 2, 0)
  let same = 0
  for (const [code, own] of byLast.entries()) same += own?.[code] ?? 0
  const excess = same / rows - expected
  return excess > 0.1 * (1 - expected) && excess > 4 * Math.sqrt((expected * (1 - expected)) / rows)
}

export type { ShareKey }
