import { addTo, foldHours } from '@/lib/detect/drift/category/columns'
import { makeCodeBook } from '@/lib/detect/drift/code/book'
import { isChained } from '@/lib/detect/drift/code/chain'
import { noCode } from '@/lib/detect/drift/code/level'
import { strataDiffer } from '@/lib/detect/drift/code/strata'
import { startCodeUnit } from '@/lib/detect/drift/code/unit'
import { startNovelty } from '@/lib/detect/drift/segment/novelty'
import { type SegmentShareState, segmentName, shareCode } from '@/lib/detect/drift/segment/share-state'
import type { Frame } from '@/lib/detect/frame'
import { seasonCell } from '@/lib/detect/season'
import type { Segment } from '@/lib/event/types'

/** The code book from the first half of the baseline's rows, counts from what follows: a book chosen by the rows it is measured on would see novelty by selection. */
export function gatherShares(
  state: SegmentShareState,
  segment: Segment | undefined,
  frame: Frame,
  timeMs: number,
  baselineRows: number,
  mostKeys: number,
): void {
  const half = baselineRows >> 1
  if (frame.row < half) {
    for (const name in segment) {
      let values = state.first.get(name)
      if (!values) {
        if (state.first.size >= mostKeys) continue
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
        launches: [],
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

/** The baseline is over: a unit for each key. */
export function armShares(state: SegmentShareState, frame: Frame, ringRows: number): void {
  state.phase = state.keys.length === 0 ? 'off' : 'armed'
  state.first = new Map()
  for (const key of state.keys) {
    const counts = new Float64Array(key.told + 1)
    for (const hour of key.byHour)
      for (let c = 0; hour && c < counts.length; c++) counts[c] = (counts[c] as number) + (hour[c] as number)
    const cells = frame.cells > 1 ? foldHours(key.byHour, frame.cells, counts.length) : []
    // Hours make neighbours alike too: in a season its cells come first.
    key.chained = cells.length === 0 && isChained(key.byLast, counts)
    const strata = key.chained ? key.byLast : strataDiffer(cells) ? cells : null
    key.novelty = key.chained
      ? null
      : startNovelty(
          counts[key.told] as number,
          counts.reduce((a, b) => a + b, 0),
        )
    key.unit = startCodeUnit(counts, ringRows, frame.row, strata)
    key.came = new Uint8Array(ringRows).fill(noCode)
    key.byHour = []
    key.byLast = []
  }
}
