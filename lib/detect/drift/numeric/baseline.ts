import { chooseWhitener } from '@/lib/detect/drift/choose-whitener'
import { type NormalScores, scoreOf, startScores, tieAt, valueAt } from '@/lib/detect/drift/normal-scores'
import { type Beside, besideOf } from '@/lib/detect/drift/numeric/gathering'
import { armOn, fewestBlocks } from '@/lib/detect/drift/numeric/level'
import { startAlternative } from '@/lib/detect/drift/numeric/other-day'
import { adjust, adjustedBaseline, cellsOnly, learnSeason, type NumericSeason } from '@/lib/detect/drift/numeric/season'
import type { NumericUnit } from '@/lib/detect/drift/numeric/state'
import { dependsOnStratum } from '@/lib/detect/drift/stratum-dependence'
import { asBlocks, phiOf, type Whitener, whitenEach } from '@/lib/detect/drift/whiten'
import { seasonCell, weekHourOf } from '@/lib/detect/season'

/** Blocks so long that a baseline of them would take more rows than this are not watched. */
const mostBlockRows = 100_000

/**
 * The baseline is complete: learns the season, chooses the whitening and the strata, and arms; or turns off what cannot be watched (constant,
 * too few rows).
 * @param cells of the season: 1 without one (lib/detect/season).
 * @param waves see `chooseWhitener`.
 */
export function completeBaseline(unit: NumericUnit, row: number, fewest = 50, cells = 1, waves = false): void {
  const raw = unit.gathered
  const g = unit.beside?.before.length === raw.length ? unit.beside : besideOf(raw)
  unit.gathered = []
  unit.beside = null
  if (raw.length < fewest || raw.every((value) => value === raw[0])) {
    unit.phase = 'off'
    return
  }
  const sorted = Float64Array.from(raw).sort()
  const { view, whitener } = chooseView(raw, sorted, g, cells, waves)
  const { scores, scored, season, before, run } = view
  unit.season = season
  unit.whitener = whitener
  unit.scores = scores
  // Effects are held against what is left of hours that did not know the value; ranks among an hour's own rows do not mind its level.
  unit.approved =
    season && scores
      ? Float64Array.from(adjustedBaseline(season, scored, g.timesMs), (score) => valueAt(scores, score)).sort()
      : sorted
  if (season) unit.recent.fill(Number.NaN)
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
  for (let i = 0; i < run.length; i++) {
    const value = whitenPair(whitener, run[i] as number, before[i] as number)
    if (Number.isNaN(value)) continue
    white.push(value)
    strata.push(season ? seasonCell(season.cells, g.timesMs[i] as number) : (g.strata[i] as number))
  }
  unit.stratified = season === null && dependsOnStratum(white, strata)
  // Nothing taken off and one stratum: the values themselves, whose order does not matter.
  const plain = whitener.kind === 'raw' && !season && !scores && !unit.stratified
  unit.approvedWhite = plain ? unit.approved : Float64Array.from(white)
  unit.approvedStrata = season || unit.stratified ? Uint8Array.from(strata) : null
  if (cells === 48) unit.alternative = startAlternative(unit)
  armOn(unit, unit.approved, unit.approvedWhite, unit.approvedStrata, row)
}

/**
 * The scale on which the series is watched: as it is, where it has neither season nor correlation; else on normal scores, where what multiplies adds and a
 * recursion is straight. A strongly correlated baseline knows too little of its own tails for scores: then as it is, if its
 * recursion leaves no bursts behind, or in blocks.
 */
function chooseView(raw: readonly number[], sorted: Float64Array, g: Beside, cells: number, waves: boolean) {
  const few = tied(sorted)
  const whitenerOf = (view: View) => chooseWhitener(view.run, few, g.stride === 1 ? null : view.before, waves, true)
  const plain = viewOf(null, raw, g, 1)
  const asItIs = { view: plain, whitener: whitenerOf(plain) }
  if (cells === 1 && asItIs.whitener.kind === 'raw') return asItIs
  const view = viewOf(startScores(sorted), raw, g, cells)
  // Few distinct values do not slide: nothing is taken off, hours are compared with their own kind only.
  if (cells > 1 && few) {
    const season = cellsOnly(view.season as NumericSeason)
    return { view: { ...plain, season }, whitener: chooseWhitener([]) }
  }
  const whitener = whitenerOf(view)
  const phi = phiOf(whitener)
  if (whitener.kind !== 'innovation' || phi <= 0.1) return { view, whitener }
  const independent = (raw.length * (1 - phi)) / (1 + phi)
  if (independent < fewestIndependent && cells === 1 && asItIs.whitener.kind === 'innovation') return asItIs
  const limited = viewOf(startScores(sorted, independent), raw, g, cells)
  const again = whitenerOf(limited)
  return { view: limited, whitener: independent < fewestIndependent ? asBlocks(again) : again }
}

const fewestIndependent = 200

type View = ReturnType<typeof viewOf>

/** The baseline on its scale, its season taken out: in its own view (`run`), and the value before each. */
function viewOf(scores: NormalScores | null, raw: readonly number[], g: Beside, cells: number) {
  const hour = (i: number) => weekHourOf(g.timesMs[i] as number)
  const scored = scores ? raw.map((value, i) => scoreOf(scores, value, tieAt(i))) : raw
  const season = scores && cells > 1 ? learnSeason(scored, g.timesMs, cells) : null
  const before = g.before.map((value, i) => {
    const score = scores && !Number.isNaN(value) ? scoreOf(scores, value, tieAt(i - 1)) : value
    return season ? adjust(season, score, hour(i)) : score
  })
  const run = season ? scored.map((score, i) => adjust(season, score, hour(i))) : scored
  return { scores, scored, season, before, run }
}

function tied(sorted: Float64Array): boolean {
  let distinct = 0
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++
  return distinct < 0.5 * sorted.length
}

function whitenPair(w: Whitener, value: number, before: number): number {
  return w.kind === 'innovation' ? value - w.mean - phiOf(w) * (before - w.mean) : value
}
