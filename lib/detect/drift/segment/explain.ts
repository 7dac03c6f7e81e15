import { ranksAmong } from '@/lib/detect/drift/relation/split'
import type { SegmentFeatureState, SegmentUnit } from '@/lib/detect/drift/segment/feature-state'
import { rowsOf } from '@/lib/detect/drift/segment/rows'
import { onsetBets, rankBins } from '@/lib/evidence/rank-bets'
import type { EdgeGrid } from '@/lib/stats/edge-grid'
import { uniformFrom } from '@/lib/stats/hash-uniform'
import { binOfValue } from '@/lib/stats/quantile-edges'

/** A segment value that explains a change of a feature alone: the other rows did not move, and would have shown it if they had. */
export interface Explanation {
  key: string
  value: string
  /** Nats by which the best alternative explains the rows inside, and those outside, better than their baselines do; and how many rows. */
  inside: number
  outside: number
  rowsInside: number
  rowsOutside: number
}

/** Chance alone seldom gives the others more than this, in nats; nor another value alone. */
const mostOutside = 5
const mostOfOne = 8
/** More than that counts only beyond this part of the nats a row inside: many rows against a small baseline gain a little by its error alone. */
const leastOfInside = 0.05
const fewestInside = 6
/** Under the alternative that explains the inside best the others must lose this much: else they moved likewise, or are too few to tell. */
const fewestAgainst = 3
/** Nats that the others would have gained, had they moved likewise. */
const fewestExpected = 15
const fewestOthers = 20
const alternatives = onsetBets.shape.length / rankBins

/**
 * Which segment value, of all keys, explains the change of a feature in the rows [onsetRow, row]? Each value is compared with its own baseline. Of
 * several the one with the most evidence, which is the most specific: a wider one dilutes it, a narrower one leaves moved rows outside.
 * Pure: for a feature's own alarm too, when it comes before the segment's. @returns null when the change is not confined, or cannot be told.
 */
export function segmentOf(
  state: SegmentFeatureState,
  feature: string,
  onsetRow: number,
  row: number,
): Explanation | null {
  const slot = state.columns.slots.get(feature)
  if (state.phase !== 'armed' || slot === undefined) return null
  let best: Explanation | null = null
  for (let key = 0; key < state.keys.length; key++) {
    const gains = gainsByValue(state, slot, key, onsetRow, row)
    const all = new Float64Array(alternatives)
    let rows = 0
    for (const gain of gains) {
      for (let a = 0; a < alternatives; a++) all[a] = (all[a] as number) + (gain.nats[a] as number)
      rows += gain.rows
    }
    for (const gain of gains) {
      const inside = largest(gain.nats)
      if (inside < fewestInside || (best && inside <= best.inside)) continue
      const others = all.map((nats, a) => nats - (gain.nats[a] as number))
      const outside = largest(others)
      const rowsOutside = rows - gain.rows
      const small = (leastOfInside * inside) / gain.rows
      // Rows that could not have shown the change keep nothing apart.
      if ((rowsOutside * inside) / gain.rows < fewestExpected || rowsOutside < Math.max(fewestOthers, gain.rows / 2))
        continue
      if (
        outside > Math.max(mostOutside, small * rowsOutside) ||
        (others[gain.nats.indexOf(inside)] as number) > -fewestAgainst
      )
        continue
      const moved = (other: Gain) => largest(other.nats) > Math.max(mostOfOne, 2 * small * other.rows)
      if (gains.some((other) => other !== gain && moved(other))) continue
      const value = state.values[key]?.[gain.code] as string
      best = { key: state.keys[key] as string, value, inside, outside, rowsInside: gain.rows, rowsOutside }
    }
  }
  return best
}

interface Gain {
  code: number
  rows: number
  /** By alternative. */
  nats: Float64Array
}

function gainsByValue(state: SegmentFeatureState, feature: number, key: number, from: number, to: number): Gain[] {
  return ranksByValue(state, feature, key, from, to).map(({ code, ranks }) => ({
    code,
    rows: ranks.length,
    nats: natsOf(ranks, onsetBets.shape),
  }))
}

/** Nats of ranks by alternative. */
function natsOf(ranks: Uint8Array, logs: Float64Array): Float64Array {
  const nats = new Float64Array(logs.length / rankBins)
  for (const rank of ranks)
    for (let a = 0; a < nats.length; a++) nats[a] = (nats[a] as number) + (logs[a * rankBins + rank] as number)
  return nats
}

/** Rank bins of a feature's rows in [from, to] by value of a key, each among the level of its own unit. */
function ranksByValue(
  state: SegmentFeatureState,
  feature: number,
  key: number,
  from: number,
  to: number,
): { code: number; ranks: Uint8Array }[] {
  const { rows, codes, white } = rowsOf(state, { feature, key, code: -1 }, from, to, false)
  const byCode = new Map<number, number[]>()
  for (let i = 0; i < rows.length; i++) {
    const list = byCode.get(codes[i] as number)
    if (list) list.push(i)
    else byCode.set(codes[i] as number, [i])
  }
  const found: { code: number; ranks: Uint8Array }[] = []
  for (const [code, list] of byCode) {
    const first = state.first[key]?.[code] ?? -1
    const unit = first < 0 ? null : state.units[first + feature]
    if (!unit) continue
    const values = Float64Array.from(list, (i) => white[i] as number)
    const own = list.map((i) => rows[i] as number)
    found.push({ code, ranks: ranksIn(state, unit, values, own) })
  }
  return found
}

/** Nats by which the rows [from, row] outside of a unit's segment say that its feature moved, in level, spread or tails. */
export function gainOutside(state: SegmentFeatureState, unit: SegmentUnit, from: number, row: number): number {
  const others = ranksByValue(state, unit.feature, unit.key, from, row).filter(({ code }) => code !== unit.code)
  const ranks = Uint8Array.from(others.flatMap((other) => [...other.ranks]))
  return Math.max(largest(natsOf(ranks, onsetBets.shape)), largest(natsOf(ranks, onsetBets.tail)))
}

/** Rank bins of whitened values among the level that a unit was armed on. */
export function ranksIn(
  state: SegmentFeatureState,
  unit: SegmentUnit,
  white: Float64Array,
  rows: readonly number[],
): Uint8Array {
  // A unit that took on a new level meanwhile is compared with the approved one.
  const late = (rows[0] ?? unit.armedRow) < unit.armedRow
  const { edges } = (!late && unit.grid) || (state.columns.grids[unit.feature] as EdgeGrid)
  return ranksAmong(
    late ? unit.approved : unit.reference,
    Array.from(white, (value) => binOfValue(edges, value)),
    (i) => uniformFrom(unit.feature + 1, rows[i] as number),
  )
}

const largest = (values: ArrayLike<number>): number => {
  let most = 0
  for (let i = 0; i < values.length; i++) most = Math.max(most, values[i] as number)
  return most
}
