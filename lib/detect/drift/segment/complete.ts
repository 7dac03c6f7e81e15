import { armRanks } from '@/lib/detect/drift/rank-book'
import { completeColumns, noBin } from '@/lib/detect/drift/relation/columns'
import type { SegmentFeatureState, SegmentUnit } from '@/lib/detect/drift/segment/feature-state'
import { baselineOf } from '@/lib/detect/drift/segment/rows'
import { hasOwnSeason, takeSeasonOut } from '@/lib/detect/drift/segment/season'
import { startSegmentRanks, startSegmentUnit } from '@/lib/detect/drift/segment/unit'
import type { Frame } from '@/lib/detect/frame'
import type { SegmentBook } from '@/lib/detect/segments'
import type { Features } from '@/lib/event/types'
import type { EdgeGrid } from '@/lib/stats/edge-grid'

/** All held values together stay within 2 MB, however many the features. */
const mostHeld = 500_000
const mostRows = 16_384
const mostUnits = 4096

/** The baseline is over: chooses the columns and the segment values to watch, and arms a unit for each pair. */
export function completeSegmentFeatures(
  state: SegmentFeatureState,
  book: SegmentBook,
  features: Features,
  { row, cells }: Frame,
  params: { readonly mostValues: number; readonly fewestRows: number },
): void {
  state.phase = 'armed'
  const times = state.gatheredTimes
  state.gatheredTimes = []
  state.gatheredRows = []
  if (state.keys.length === 0) return
  for (const column of state.columns.gathered) while (column.length < state.columns.rows) column.push(Number.NaN)
  if (cells > 1) state.seasons = takeSeasonOut(state.columns, times, cells)
  const bins = completeColumns(state.columns, features)
  state.baseCodes = state.gatheredCodes.map((codes) => Uint8Array.from(codes))
  state.gatheredCodes = []
  for (const [key, codes] of state.baseCodes.entries()) {
    const counts = new Int32Array(256)
    for (const code of codes) counts[code] = (counts[code] as number) + 1
    state.values.push([...(book.codes[key] as Map<string, number>).keys()].slice(0, 255))
    const first = new Int16Array(256).fill(-1)
    state.first.push(first)
    const common = state.values[key]
      ?.map((_, code) => code)
      .filter((code) => (counts[code] as number) >= params.fewestRows)
      .sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
      .slice(0, params.mostValues)
    // A key with one value says nothing that the feature alone does not.
    if (!common || (counts[common[0] ?? 0] as number) === codes.length) continue
    for (const code of common) {
      const units = bins.map((_, feature) => unitOf(state, bins, { key, code, feature }, row, params.fewestRows, times))
      if (units.every((unit) => unit === null) || state.units.length + units.length > mostUnits) continue
      first[code] = state.units.length
      state.units.push(...units)
    }
  }
  state.ranks = startSegmentRanks(state.units.length)
  for (const [place, unit] of state.units.entries()) {
    if (!unit) continue
    unit.place = place
    armRanks(state.ranks, place, unit.approved)
  }
  const width = state.columns.names.length
  state.held = Math.max(2000, Math.min(mostRows, Math.floor(mostHeld / Math.max(1, width))))
  state.recent = bins.map(() => new Float32Array(state.held).fill(Number.NaN))
  state.codes = state.keys.map(() => new Uint8Array(state.held))
  state.said = new Float64Array(width).fill(-1)
  state.saidOnset = new Float64Array(width).fill(-1)
}

function unitOf(
  state: SegmentFeatureState,
  bins: readonly Uint8Array[],
  place: Pick<SegmentUnit, 'key' | 'code' | 'feature'>,
  row: number,
  fewest: number,
  times: readonly number[],
): SegmentUnit | null {
  const grid = state.columns.grids[place.feature] as EdgeGrid | null
  if (!grid) return null
  const mine = approvedBins(state, place, bins[place.feature] as Uint8Array)
  if (mine.length < fewest) return null
  const { white } = baselineOf(state, place)
  if (correlated(white) || (state.seasons.length > 0 && hasOwnSeason(state, place, times))) return null
  return startSegmentUnit(place, mine, grid.edges.length + 1, row)
}

/** Bins of the approved rows of a unit. */
export function approvedBins(
  state: SegmentFeatureState,
  { key, code }: Pick<SegmentUnit, 'key' | 'code'>,
  bins: ArrayLike<number>,
): number[] {
  const codes = state.baseCodes[key] as Uint8Array
  const out: number[] = []
  for (let row = 0; row < codes.length; row++)
    if (codes[row] === code && bins[row] !== noBin) out.push(bins[row] as number)
  return out
}

/** Is the lag-1 correlation within the segment beyond ±.1 and beyond chance? */
function correlated(values: Float64Array): boolean {
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  let square = 0
  let cross = 0
  for (let i = 0; i < values.length; i++) {
    const here = (values[i] as number) - mean
    square += here * here
    if (i > 0) cross += here * ((values[i - 1] as number) - mean)
  }
  const r = square > 0 ? cross / square : 0
  return Math.abs(r) > Math.max(0.1, 3 / Math.sqrt(values.length))
}
