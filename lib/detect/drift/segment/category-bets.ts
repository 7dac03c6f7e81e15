import { type CategoryUnit, mostCodes, type SegmentCategoryState } from '@/lib/detect/drift/segment/category-state'
import { reportEvidence } from '@/lib/evidence/report'

/** The odds of one code multiplied, each code in turn; of two codes the first says it all. */
export const odds = [0.4, 0.67, 1.5, 2.5] as const
export const mostBets = mostCodes * odds.length
const [less2, less1, more1, more2] = odds.map((value) => value - 1) as [number, number, number, number]

/** Puts a level in force: its counts; the evidence starts anew. */
export function armCategory(
  state: SegmentCategoryState,
  place: number,
  unit: CategoryUnit,
  counts: Float64Array,
  row: number,
): void {
  unit.reference = counts
  unit.armedRow = row
  unit.phase = 'armed'
  state.counts.fill(0, place * mostCodes, (place + 1) * mostCodes)
  state.counts.set(counts, place * mostCodes)
  state.m.fill(0, place * mostBets, (place + 1) * mostBets)
  state.mass[place] = 0
  state.updates[place] = 0
}

/**
 * Bets on the code in whose share the conformal rank of `code` lies, then counts it: half a row is added to each share, so that it may be a code close by.
 * @param u uniform and its own for this row. @returns ΣM; it alarms at 1.
 */
export function watchCategory(
  state: SegmentCategoryState,
  place: number,
  codes: number,
  code: number,
  mass: number,
  u: number,
): number {
  const { counts, m } = state
  const from = place * mostCodes
  let total = 0
  let below = 0
  for (let c = 0; c < codes; c++) {
    const own = counts[from + c] as number
    total += own
    if (c < code) below += own
  }
  const rows = total + 0.5 * codes
  const rank = ((below + u * ((counts[from + code] as number) + 1)) / (total + 1)) * rows
  let drawn = 0
  let end = (counts[from] as number) + 0.5
  while (drawn < codes - 1 && rank >= end) end += (counts[from + ++drawn] as number) + 0.5
  const watched = codes > 2 ? codes : 1
  const each = mass / (watched * odds.length)
  let sum = 0
  for (let on = 0, at = place * mostBets; on < watched; on++, at += 4) {
    const own = (counts[from + on] as number) + 0.5
    // e = (v where the code came, else 1) / (1 + share·(v − 1)) for each of the four odds v; one division serves all.
    const d0 = rows + own * less2
    const d1 = rows + own * less1
    const d2 = rows + own * more1
    const d3 = rows + own * more2
    const low = d0 * d1
    const high = d2 * d3
    const inverse = rows / (low * high)
    const hit = on === drawn
    const m0 = ((m[at] as number) + each) * d1 * high * inverse * (hit ? odds[0] : 1)
    const m1 = ((m[at + 1] as number) + each) * d0 * high * inverse * (hit ? odds[1] : 1)
    const m2 = ((m[at + 2] as number) + each) * d3 * low * inverse * (hit ? odds[2] : 1)
    const m3 = ((m[at + 3] as number) + each) * d2 * low * inverse * (hit ? odds[3] : 1)
    m[at] = m0
    m[at + 1] = m1
    m[at + 2] = m2
    m[at + 3] = m3
    sum += m0 + m1 + m2 + m3
  }
  counts[from + code] = (counts[from + code] as number) + 1
  state.mass[place] = (state.mass[place] as number) + mass
  state.updates[place] = (state.updates[place] as number) + 1
  return sum
}

/** Evidence of a unit as people read it. */
export function reportCategory(
  state: SegmentCategoryState,
  place: number,
): { logE: number; threshold: number; n: number } {
  const m = state.m.slice(place * mostBets, (place + 1) * mostBets)
  const evidence = { m, mass: state.mass[place] as number, updates: state.updates[place] as number }
  return { ...reportEvidence(evidence), n: evidence.updates }
}
