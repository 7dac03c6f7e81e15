import { type Beside, besideOf } from '@/lib/detect/drift/numeric-gathering'
import { armOn, fewestBlocks } from '@/lib/detect/drift/numeric-level'
import { startAlternative } from '@/lib/detect/drift/numeric-other-day'
import { adjust, adjustedBaseline, learnSeason, type NumericSeason } from '@/lib/detect/drift/numeric-season'
import type { NumericUnit } from '@/lib/detect/drift/numeric-unit'
import { dependsOnStratum } from '@/lib/detect/drift/stratum-dependence'
import { chooseWhitener, phiOf, type Whitener, whitenEach } from '@/lib/detect/drift/whiten'
import { seasonCell, weekHourOf } from '@/lib/detect/season'

/** Blocks so long that a baseline of them would take more rows than this are not watched. */
const mostBlockRows = 100_000

/**
 * The baseline is complete: learns the season, chooses the whitening and the strata, and arms; or turns off what cannot be watched (constant,
 * too few rows).
 * @param cells of the season: 1 without one (lib/detect/season).
 */
export function completeBaseline(unit: NumericUnit, row: number, fewest = 50, cells = 1): void {
  const raw = unit.gathered
  const g = unit.beside?.before.length === raw.length ? unit.beside : besideOf(raw)
  unit.gathered = []
  unit.beside = null
  if (raw.length < fewest || raw.every((value) => value === raw[0])) {
    unit.phase = 'off'
    return
  }
  const season = cells > 1 ? learnSeason(raw, g.timesMs, cells) : null
  const values = season ? adjustedBaseline(season, raw, g.timesMs) : raw
  const run = season ? raw.map((value, i) => adjust(season, value, weekHourOf(g.timesMs[i] as number))) : raw
  const whitener = chooseWhitener(run, g.stride === 1 ? null : run.map((_, i) => beforeOf(g, i, season)))
  unit.season = season
  unit.whitener = whitener
  unit.approved = Float64Array.from(values).sort()
  adjustRecent(unit, season)
  if (whitener.kind === 'block') {
    const blocks = g.stride === 1 ? whitenEach(whitener, run).filter((mean) => !Number.isNaN(mean)) : []
    if (fewestBlocks * whitener.size > mostBlockRows) unit.phase = 'off'
    else if (blocks.length < fewestBlocks) unit.blocks = [...blocks]
    else {
      unit.approvedWhite = Float64Array.from(blocks)
      armOn(unit, unit.approved, unit.approvedWhite, null, row)
    }
    return
  }
  const white: number[] = []
  const strata: number[] = []
  for (let i = 0; i < values.length; i++) {
    const timeMs = g.timesMs[i] as number
    const value = whitenPair(whitener, values[i] as number, beforeOf(g, i, season))
    if (Number.isNaN(value)) continue
    white.push(value)
    strata.push(season ? seasonCell(cells, timeMs) : (g.strata[i] as number))
  }
  unit.stratified = season === null && dependsOnStratum(white, strata)
  unit.approvedWhite = Float64Array.from(white)
  unit.approvedStrata = season || unit.stratified ? Uint8Array.from(strata) : null
  if (cells === 48) unit.alternative = startAlternative(unit)
  armOn(unit, unit.approved, unit.approvedWhite, unit.approvedStrata, row)
}

/** The value before a gathered one, adjusted for the season. */
function beforeOf(g: Beside, i: number, season: NumericSeason | null): number {
  const before = g.before[i] as number
  return season ? adjust(season, before, weekHourOf(g.timesMs[i] as number)) : before
}

function whitenPair(w: Whitener, value: number, before: number): number {
  return w.kind === 'innovation' ? value - w.mean - phiOf(w) * (before - w.mean) : value
}

/** What is kept of the latest rows was raw until now. */
function adjustRecent(unit: NumericUnit, season: NumericSeason | null): void {
  if (season) unit.recent.fill(Number.NaN)
}
