import type { FeatureBytes } from '@/lib/detect/concept/feature-bytes'
import { noClass, type OpenPredictions, oldest } from '@/lib/detect/concept/open-predictions'
import type { Walk } from '@/lib/detect/concept/share-onset'
import { dependence, dependent, type Groups, groupCells, oneGroup } from '@/lib/detect/concept/strata'
import { fitTree, leafOf, type Tree } from '@/lib/detect/concept/tree'
import type { Frame } from '@/lib/detect/frame'

/** By what rows are told apart: nothing, the first segment key, the hour, or how late their label came. */
export type By = 'none' | 'segment' | 'cell' | 'delay'

export const delays = 16
const dayMs = 86_400_000
const hourMs = 3_600_000
const hours = 24
const mostSegments = 64
/** Below this span of the baseline an hour was seen once, and says nothing about the hour. */
const leastSpanMs = 20 * hourMs
export const unfamiliar = 255

/** Season cells of the inputs, or the hours of the day where those have no season: errors may have one of their own. */
export const cellsOf = (frame: Frame): number => (frame.cells > 1 ? frame.cells : hours)
export const cellAt = (frame: Frame, timeMs: number): number =>
  frame.cells > 1 ? frame.cellOf(timeMs) : Math.floor((((timeMs % dayMs) + dayMs) % dayMs) / hourMs)

export function sizeBy(by: By, frame: Frame): number {
  if (by === 'segment') return mostSegments
  return by === 'cell' ? cellsOf(frame) : by === 'delay' ? delays : 1
}

/** The stratum of a row; −1 for a segment that the baseline did not know: a launch is another detector's to tell. */
export function stratumBy(by: By, open: OpenPredictions, frame: Frame, place: number): number {
  const segment = open.stratum[place] as number
  if (segment === unfamiliar) return -1
  if (by === 'segment') return Math.min(segment, mostSegments - 1)
  if (by === 'cell') return cellAt(frame, open.timeMs[place] as number)
  return by === 'delay' ? (open.delay[place] as number) : 0
}

/** The latest rows with a label, back from the newest prediction. */
export function labelledRows(open: OpenPredictions, most: number, judgedFrom = 0): number[] {
  const rows: number[] = []
  for (let n = open.next - 1; n >= oldest(open) && rows.length < most; n--) {
    const place = n % open.capacity
    if (open.label[place] !== noClass && (open.judgedAt[place] as number) >= judgedFrom) rows.push(n)
  }
  return rows
}

/** What the codes of these rows depend on most, if on anything. */
export function chooseBy(
  open: OpenPredictions,
  frame: Frame,
  rows: readonly number[],
  codes: number,
  codeAt: (place: number) => number,
): By {
  let chosen: By = 'none'
  let most = dependent
  const span = spanMs(open, rows)
  for (const by of ['segment', 'cell', 'delay'] as const) {
    if (by === 'cell' && span < leastSpanMs) continue
    const excess = dependence(countBy(by, open, frame, rows, codes, codeAt), codes)
    if (excess > most) {
      most = excess
      chosen = by
    }
  }
  return chosen
}

function spanMs(open: OpenPredictions, rows: readonly number[]): number {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const n of rows) {
    const time = open.timeMs[n % open.capacity] as number
    low = Math.min(low, time)
    high = Math.max(high, time)
  }
  return high - low
}

export function countBy(
  by: By,
  open: OpenPredictions,
  frame: Frame,
  rows: readonly number[],
  codes: number,
  codeAt: (place: number) => number,
): Float64Array {
  const counts = new Float64Array(sizeBy(by, frame) * codes)
  for (const n of rows) {
    const place = n % open.capacity
    const stratum = stratumBy(by, open, frame, place)
    if (stratum < 0) continue
    const at = stratum * codes + codeAt(place)
    counts[at] = (counts[at] as number) + 1
  }
  return counts
}

/** Hours, or delays, in groups by their error, to cross with leaves; one group where errors depend on neither. */
export function groupBy(by: By, counts: Float64Array, groups: number): Groups {
  return by === 'cell' || by === 'delay' ? groupCells(counts, groups) : oneGroup(counts.length / 2)
}

/** An honest partition: the tree on the even rows; the odd ones are left to count. @returns the tree and those odd rows. */
export function partition(
  open: OpenPredictions,
  book: FeatureBytes,
  rows: readonly number[],
  targets: number,
  target: (place: number, into: Float64Array, at: number) => void,
): { tree: Tree; rest: number[] } {
  const even: number[] = []
  const rest: number[] = []
  for (let i = rows.length - 1; i >= 0; i--) ((rows.length - 1 - i) % 2 === 0 ? even : rest).push(rows[i] as number)
  const y = new Float64Array(even.length * targets)
  for (const [i, n] of even.entries()) target(n % open.capacity, y, i * targets)
  const tree = fitTree(
    {
      n: even.length,
      width: open.width,
      bytes: open.features,
      at: (i) => ((even[i] as number) % open.capacity) * open.width,
      targets,
      y,
    },
    book.columns.map((column) => column.grid === null).concat(true, false),
    // A sum that took in the hour would drift by itself.
    book.columns.map((column) => column.grid !== null).concat(false, false),
  )
  return { tree, rest }
}

/** Columns after the features: the segment, and the hour. */
export const extraColumns = 2
export function writeExtras(open: OpenPredictions, place: number, segment: number, timeMs: number): void {
  const at = (place + 1) * open.width - extraColumns
  open.features[at] = Math.min(31, segment)
  open.features[at + 1] = Math.floor((((timeMs % dayMs) + dayMs) % dayMs) / hourMs)
}

export const leafAt = (tree: Tree, open: OpenPredictions, place: number): number =>
  leafOf(tree, open.features, place * open.width)

const walkRows = 20_000
const strata = new Int16Array(walkRows)
const codes = new Uint8Array(walkRows)
/** Numbers of the predictions in the walk. */
export const walked = new Float64Array(walkRows)

/** Fills the one walk there is: the rows judged from `judgedFrom` on, newest prediction first. */
export function walkBack(
  open: OpenPredictions,
  judgedFrom: number,
  from: number,
  stratumAt: (place: number) => number,
  codeAt: (place: number) => number,
): Walk {
  let n = 0
  const first = Math.max(oldest(open), from)
  for (let row = open.next - 1; row >= first && n < walkRows; row--) {
    const place = row % open.capacity
    if (open.label[place] === noClass || (open.judgedAt[place] as number) < judgedFrom) continue
    strata[n] = stratumAt(place)
    codes[n] = codeAt(place)
    walked[n] = row
    n++
  }
  return { strata, codes, n }
}
