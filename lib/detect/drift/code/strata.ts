import { shareRates } from '@/lib/detect/drift/code/learned'
import type { CodeUnit } from '@/lib/detect/drift/code/unit'

/**
 * Counts of codes by stratum, where rows of different strata are not alike. The share of a code in a stratum leans on the pooled shares with the weight
 * of a few rows, so that a stratum that is new, or rarely comes, is not judged by what it lacks.
 */
export interface CodeStrata {
  /** By stratum; null until its first row. */
  counts: (Float64Array | null)[]
  totals: number[]
}

const lean = 8
const prior = 15

export function startStrata(counts: readonly (ArrayLike<number> | null)[]): CodeStrata {
  const copies = counts.map((own) => (own ? Float64Array.from(own) : null))
  return { counts: copies, totals: copies.map((own) => own?.reduce((a, b) => a + b, 0) ?? 0) }
}

export function countsIn(strata: CodeStrata, stratum: number, codes: number): Float64Array {
  while (strata.counts.length <= stratum) {
    strata.counts.push(null)
    strata.totals.push(0)
  }
  strata.counts[stratum] ??= new Float64Array(codes)
  return strata.counts[stratum] as Float64Array
}

/** Fills `into` with the reference shares of a stratum. */
export function sharesIn(unit: CodeUnit, strata: CodeStrata, stratum: number, into: Float64Array): Float64Array {
  const own = strata.counts[stratum]
  const total = (strata.totals[stratum] ?? 0) + lean
  const pooled = unit.total + 0.5 * unit.codes
  for (let c = 0; c < unit.codes; c++)
    into[c] = ((own ? (own[c] as number) : 0) + (lean * ((unit.counts[c] as number) + 0.5)) / pooled) / total
  return into
}

/** The code in whose share w the conformal rank of `code` among its stratum lies. */
export function conformalIn(strata: CodeStrata, stratum: number, code: number, u: number, w: Float64Array): number {
  const own = countsIn(strata, stratum, w.length)
  let below = 0
  for (let c = 0; c < code; c++) below += own[c] as number
  const p = (below + u * ((own[code] as number) + 1)) / ((strata.totals[stratum] as number) + 1)
  let k = 0
  let to = w[0] as number
  while (k < w.length - 1 && p >= to) to += w[++k] as number
  return k
}

/** What learned bets within strata keep, by rate and code. */
export type LearnedCodes = Pick<CodeUnit, 'observed' | 'expected'>

/** Learned bets as in code-learned, with shares that differ from row to row: observed and expected decay at every row. */
export function wagerStrata(
  { observed, expected }: LearnedCodes,
  m: Float64Array,
  k: number,
  w: Float64Array,
  at: number,
  mass: number,
): number {
  const codes = w.length
  let total = 0
  for (let g = 0; g < shareRates.length; g++) {
    const from = g * codes
    const keep = 1 - (shareRates[g] as number)
    let norm = 0
    let ratio = 1
    for (let c = 0; c < codes; c++) {
      const own = prior * (w[c] as number)
      const r = ((observed[from + c] as number) + own) / ((expected[from + c] as number) + own)
      norm += (w[c] as number) * r
      if (c === k) ratio = r
      observed[from + c] = (observed[from + c] as number) * keep
      expected[from + c] = (expected[from + c] as number) * keep + (w[c] as number)
    }
    observed[from + k] = (observed[from + k] as number) + 1
    const after = (ratio / norm) * ((m[at + g] as number) + mass)
    m[at + g] = after
    total += after
  }
  return total
}

export function countIn(strata: CodeStrata, stratum: number, code: number): void {
  const own = strata.counts[stratum] as Float64Array
  own[code] = (own[code] as number) + 1
  strata.totals[stratum] = (strata.totals[stratum] as number) + 1
}

/** Sum of the log-likelihood ratio of rows under the approved strata over the provisional ones. */
export function closerIn(approved: CodeStrata, provisional: CodeStrata, current: CodeStrata, codes: number): number {
  let nats = 0
  for (let s = 0; s < current.counts.length; s++) {
    const own = current.counts[s]
    if (!own) continue
    const a = approved.counts[s]
    const b = provisional.counts[s]
    for (let c = 0; c < codes; c++)
      nats +=
        (own[c] as number) *
        Math.log(
          (((a?.[c] ?? 0) + 0.5) * ((provisional.totals[s] ?? 0) + 0.5 * codes)) /
            (((b?.[c] ?? 0) + 0.5) * ((approved.totals[s] ?? 0) + 0.5 * codes)),
        )
  }
  return nats
}

/** Counts that rows of these strata would have by the strata's own shares, as many rows as `rows` counts. */
export function expectedIn(unit: CodeUnit, strata: CodeStrata, rows: CodeStrata): Float64Array {
  const expected = new Float64Array(unit.codes)
  const w = new Float64Array(unit.codes)
  for (const [s, total] of rows.totals.entries()) {
    if (total === 0) continue
    sharesIn(unit, strata, s, w)
    for (let c = 0; c < unit.codes; c++) expected[c] = (expected[c] as number) + total * (w[c] as number)
  }
  return expected
}

/**
 * Do the strata differ in the shares of their codes at all? χ² over cells with an expected count of 3, against what it is on average where margins are
 * fixed and nothing differs, plus some standard deviations. Source: recipes/drift.md §3; Haldane 1937 for the moments.
 *
 * @param deviations 4: only what is beyond doubt; 1: what might differ counts as different.
 */
export function strataDiffer(counts: readonly (ArrayLike<number> | null)[], deviations = 4): boolean {
  const { square, freedom, variance } = apartIn(counts)
  return freedom > 0 && square > freedom + deviations * Math.sqrt(variance)
}

/** Have days of the week shares of their own, beyond weekday and weekend? Counts by hour of the week; the same χ² of each hour over the days of its kind. */
export function weekdaysDiffer(byHour: readonly (ArrayLike<number> | null)[]): boolean {
  const apart = { square: 0, freedom: 0, variance: 0 }
  for (let hour = 0; hour < 24; hour++) {
    for (const days of [
      [0, 1, 2, 3, 4],
      [5, 6],
    ]) {
      const own = apartIn(days.map((day) => byHour[24 * day + hour] ?? null))
      apart.square += own.square
      apart.freedom += own.freedom
      apart.variance += own.variance
    }
  }
  return apart.freedom > 0 && apart.square > apart.freedom + 2 * Math.sqrt(apart.variance)
}

function apartIn(counts: readonly (ArrayLike<number> | null)[]): { square: number; freedom: number; variance: number } {
  const totals = counts.map((own) => (own ? Array.from(own).reduce((a, b) => a + b, 0) : 0))
  const all = totals.reduce((a, b) => a + b, 0)
  const codes = counts.find((own) => own !== null)?.length ?? 0
  const apart = { square: 0, freedom: 0, variance: 0 }
  if (all < 2) return apart
  for (let c = 0; c < codes; c++) {
    const share = counts.reduce((sum, own) => sum + (own?.[c] ?? 0), 0) / all
    for (const [s, own] of counts.entries()) {
      const expected = (totals[s] as number) * share
      if (!own || expected < fewestExpected) continue
      // Of a hypergeometric count: variance over expectation.
      const usual = ((1 - share) * (1 - (totals[s] as number) / all) * all) / (all - 1)
      apart.square += ((own[c] as number) - expected) ** 2 / expected
      apart.freedom += usual
      apart.variance += (2 + 1 / expected) * usual * usual
    }
  }
  return apart
}

const fewestExpected = 3
