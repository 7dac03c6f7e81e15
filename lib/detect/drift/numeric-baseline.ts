import { type NormalScores, scoreOf, startScores, tieAt, valueAt } from '@/lib/detect/drift/normal-scores'
import { type Beside, besideOf } from '@/lib/detect/drift/numeric-gathering'
import { armOn, fewestBlocks } from '@/lib/detect/drift/numeric-level'
import { startAlternative } from '@/lib/detect/drift/numeric-other-day'
import { adjust, adjustedBaseline, learnSeason } from '@/lib/detect/drift/numeric-season'
import type { NumericUnit } from '@/lib/detect/drift/numeric-unit'
import { dependsOnStratum } from '@/lib/detect/drift/stratum-dependence'
import { asBlocks, chooseWhitener, phiOf, type Whitener, whitenEach } from '@/lib/detect/drift/whiten'
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
  const sorted = Float64Array.from(raw).sort()
  const { view, whitener } = chooseView(raw, sorted, g, cells)
  const { scores, scored, season, before, run } = view
  unit.season = season
  unit.whitener = whitener
  unit.scores = scores
  const left = season ? adjustedBaseline(season, scored, g.timesMs) : scored
  unit.approved = season && scores ? Float64Array.from(left, (score) => valueAt(scores, score)).sort() : sorted
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
  for (let i = 0; i < left.length; i++) {
    const value = whitenPair(whitener, left[i] as number, before[i] as number)
    if (Number.isNaN(value)) continue
    white.push(value)
    strata.push(season ? seasonCell(cells, g.timesMs[i] as number) : (g.strata[i] as number))
  }
  unit.stratified = season === null && dependsOnStratum(white, strata)
  unit.approvedWhite = Float64Array.from(white)
  unit.approvedStrata = season || unit.stratified ? Uint8Array.from(strata) : null
  if (cells === 48) unit.alternative = startAlternative(unit)
  armOn(unit, unit.approved, unit.approvedWhite, unit.approvedStrata, row)
}

/**
 * The scale on which the series is watched. As it is, where it has no season and its correlation is that of a plain recursion; else on normal scores,
 * where what multiplies adds. A strongly correlated baseline knows too little of its own tails for scores: then blocks.
 */
function chooseView(raw: readonly number[], sorted: Float64Array, g: Beside, cells: number) {
  const few = tied(sorted)
  const whitenerOf = (view: View) => chooseWhitener(view.run, few, g.stride === 1 ? null : view.before)
  if (cells === 1) {
    const plain = viewOf(null, raw, g, cells)
    const whitener = whitenerOf(plain)
    if (whitener.kind !== 'block') return { view: plain, whitener }
  }
  const view = viewOf(startScores(sorted), raw, g, cells)
  const whitener = whitenerOf(view)
  const phi = phiOf(whitener)
  if (whitener.kind !== 'innovation' || phi <= 0.1) return { view, whitener }
  const independent = (raw.length * (1 - phi)) / (1 + phi)
  const limited = viewOf(startScores(sorted, independent), raw, g, cells)
  return independent < fewestIndependent
    ? { view: limited, whitener: asBlocks(whitenerOf(limited)) }
    : { view: limited, whitener: whitenerOf(limited) }
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
