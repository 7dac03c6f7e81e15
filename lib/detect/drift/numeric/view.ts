import { scoreOf, valueAt as valueOfScore } from '@/lib/detect/drift/normal-scores'
import { adjust } from '@/lib/detect/drift/numeric/season'
import type { NumericUnit } from '@/lib/detect/drift/numeric/state'
import { whiten } from '@/lib/detect/drift/whiten'
import { seasonCell, weekHourOf } from '@/lib/detect/season'
import { type Stake, uniformAt, valueAt } from '@/lib/evidence/stake'

/**
 * Puts the value of the row at hand on the scale on which its unit is watched, and remembers it: on normal scores, adjusted for the season, whitened.
 * @param watched value, mass, u, event time. The whitened value and u come in `stake`.
 * @returns the stratum it is ranked in; −1 where there is nothing to rank (a block that fills, the first of a recursion).
 */
export function viewNext(unit: NumericUnit, row: number, stratum: number, watched: Float64Array, stake: Stake): number {
  stake[uniformAt] = watched[2] as number
  if (unit.whitener.kind !== 'raw' || unit.season || unit.scores) return viewOther(unit, row, stratum, watched, stake)
  const at = row % unit.recent.length
  const own = unit.stratified ? stratum : 0
  unit.recent[at] = stake[valueAt] = watched[0] as number
  unit.recentStrata[at] = own
  return own
}

function viewOther(unit: NumericUnit, row: number, stratum: number, watched: Float64Array, stake: Stake): number {
  const { season, scores, whitener } = unit
  const value = watched[0] as number
  const timeMs = watched[3] as number
  const score = scores ? scoreOf(scores, value, otherUniform(watched[2] as number)) : value
  const adjusted = season ? adjust(season, score, weekHourOf(timeMs)) : score
  const own = season ? seasonCell(season.cells, timeMs) : unit.stratified ? stratum : 0
  const at = row % unit.recent.length
  unit.recent[at] = season && scores ? valueOfScore(scores, adjusted) : value
  unit.recentStrata[at] = own
  const white = whiten(whitener, adjusted, !unit.provisional && unit.phase === 'armed')
  stake[valueAt] = white
  return Number.isNaN(white) ? -1 : whitener.kind === 'block' ? 0 : own
}

/** A second uniform number: the low digits of the first. Ties must not be broken twice by the same one. */
const otherUniform = (u: number): number => u * 65_537 - Math.floor(u * 65_537)
