import { addRow, type RowRing, startRows } from '@/lib/detect/drift/rows'
import { addToSeason, cellOf, type SeasonState, startSeason } from '@/lib/detect/season'
import { addSegments, type SegmentBook, startSegments } from '@/lib/detect/segments'
import type { Arrival, Segment } from '@/lib/event/types'
import { baselineRowsOf, type ModelConfig } from '@/lib/monitor/config'

/**
 * What every detector needs to know of a prediction beside its own values, worked out once a line: its row, its place in the season and in the
 * segments, and whether the baseline is complete. All detectors of a model then agree on when the past ends and on which rows are alike.
 */
export interface Frame {
  /** The prediction's place among its model's, from 0; −1 on a line of another type. */
  readonly row: number
  /** Line and event time of the latest predictions, by row. Read only. */
  readonly rows: RowRing
  /** Is the baseline over at this row: enough rows, and one whole cycle where there is a season? Holds from then on. */
  readonly armed: boolean
  /** How many cells the season has: 1 without one; NaN while that is not known. Fixed once known, at row `baselineRows` at the latest. */
  readonly cells: number
  /** The row's season cell, 0 … cells − 1; 0 while `cells` is not known. */
  readonly cell: number
  /** Season cell of any event time. */
  cellOf(timeMs: number): number
  /** Keys and values of segments in the baseline. Read only. */
  readonly segments: SegmentBook
  /** Code of the row's value of the first segment key (lib/detect/segments.ts); 0 where the model has none. */
  readonly stratum: number
  /** Is that value one that the baseline knew? True for every row of the baseline. */
  readonly familiar: boolean
}

export interface FrameState {
  baselineRows: number
  rows: RowRing
  season: SeasonState
  segments: SegmentBook
  armed: boolean
}

const ringRows = 20_000
const noSegment: Segment = {}

export function startFrame(config: ModelConfig): FrameState {
  const baselineRows = baselineRowsOf(config)
  return {
    baselineRows,
    rows: startRows(ringRows),
    season: startSeason(config.seasonality ?? 'auto', baselineRows),
    segments: startSegments(),
    armed: false,
  }
}

/** Reads the frame of each event of a model: every prediction once and in order; asked again for the same arrival it answers the same. Changes the state in place. */
export function framesOf(state: FrameState): (arrival: Arrival) => Frame {
  const frame = {
    row: -1,
    rows: state.rows,
    armed: state.armed,
    cells: state.season.cells,
    cell: 0,
    cellOf: (timeMs: number) => cellOf(state.season, timeMs),
    segments: state.segments,
    stratum: 0,
    familiar: true,
  }
  let last: Arrival | null = null
  return (arrival) => {
    if (arrival === last) return frame
    last = arrival
    const { event, index } = arrival
    if (event.type !== 'ml.prediction.v1') {
      frame.row = -1
      frame.cell = 0
      frame.stratum = 0
      frame.familiar = true
      return frame
    }
    frame.row = addRow(state.rows, index, event.timeMs)
    if (!state.armed && frame.row >= state.baselineRows && state.season.complete) state.armed = true
    addToSeason(state.season, event)
    frame.armed = state.armed
    frame.cells = state.season.cells
    frame.cell = cellOf(state.season, event.timeMs)
    frame.stratum = addSegments(state.segments, event.data.segment ?? noSegment, frame.row, !state.armed)
    frame.familiar = frame.stratum < state.segments.known
    return frame
  }
}
