/**
 * What a flag hangs on in the baseline, so that rows are only compared with rows alike: the hour (night outages), the segment (a producer that never
 * had the column), or its own past (runs: how long the flag has been up or down, on a scale of powers of two). Nothing: all rows are alike.
 */
export type FlagStrata = 'none' | 'hour' | 'segment' | 'past'

export interface BaselineRows {
  /** By row: hour cell, segment code. */
  readonly hours: ArrayLike<number>
  readonly segments: ArrayLike<number>
  /** Do the rows span long enough that an hour's habit could be seen twice? */
  readonly twoDays: boolean
}

const fewest = 8
/** Strata of the past: flag down for 1, 2–3, 4–7, … rows; then up for as many. */
const pastHalf = 8
export const pastStrata = 2 * pastHalf

/** @param flags by row read, 0 or 1; @param rows which rows of the baseline those were. */
export function chooseStrata(flags: ArrayLike<number>, rows: ArrayLike<number>, baseline: BaselineRows): FlagStrata {
  let ones = 0
  for (let i = 0; i < flags.length; i++) ones += flags[i] as number
  if (Math.min(ones, flags.length - ones) < fewest) return 'none'
  const p = ones / flags.length
  // Runs would make any grouping look uneven: hour and segment are asked for where the flag begins.
  const before: number[] = []
  for (let i = 1; i < flags.length; i++) if (flags[i - 1] === (p > 0.5 ? 1 : 0)) before.push(i)
  const starts = before.map((i) => flags[i] as number)
  const q = starts.reduce((a, b) => a + b, 0) / Math.max(1, starts.length)
  const hour = (i: number) => baseline.hours[rows[before[i] as number] as number] as number
  const segment = (i: number) => baseline.segments[rows[before[i] as number] as number] as number
  const byHour = baseline.twoDays ? dependence(starts, q, hour) : 0
  const bySegment = dependence(starts, q, segment)
  if (serial(flags, p) > 2 * Math.max(4, byHour, bySegment)) return 'past'
  if (Math.max(byHour, bySegment) < 4) return serial(flags, p) < 4 ? 'none' : 'past'
  return byHour >= bySegment ? 'hour' : 'segment'
}

/** Standardised χ² of the flag over groups of rows. */
function dependence(flags: ArrayLike<number>, p: number, group: (i: number) => number): number {
  const rows = new Map<number, number>()
  const ones = new Map<number, number>()
  for (let i = 0; i < flags.length; i++) {
    const g = group(i)
    rows.set(g, (rows.get(g) ?? 0) + 1)
    ones.set(g, (ones.get(g) ?? 0) + (flags[i] as number))
  }
  let chi = 0
  let df = -1
  for (const [g, n] of rows) {
    if (n * Math.min(p, 1 - p) < 1) continue
    chi += ((ones.get(g) ?? 0) - n * p) ** 2 / (n * p * (1 - p))
    df++
  }
  return df > 0 ? (chi - df) / Math.sqrt(2 * df) : 0
}

/** Standardised lag-1 covariance, or dispersion of blocks of 50 rows, whichever says more. */
function serial(flags: ArrayLike<number>, p: number): number {
  let product = 0
  for (let i = 1; i < flags.length; i++) product += ((flags[i] as number) - p) * ((flags[i - 1] as number) - p)
  const lag = product / (p * (1 - p) * Math.sqrt(flags.length))
  return Math.max(
    Math.abs(lag),
    dependence(flags, p, (i) => Math.floor(i / 50)),
  )
}

/** The stratum after the flag has been down (run < 0) or up (run > 0) for |run| rows; each side ends where the baseline's rows do. */
export function pastStratum(run: number, lastDown: number, lastUp: number): number {
  const step = Math.min(pastHalf - 1, 31 - Math.clz32(Math.max(1, Math.abs(run))))
  return run > 0 ? pastHalf + Math.min(step, lastUp) : Math.min(step, lastDown)
}

/** How far each side reaches with at least `support` rows of the baseline. */
export function pastReach(flags: ArrayLike<number>, support = 20): { down: number; up: number } {
  const rows = new Float64Array(pastStrata)
  let run = 0
  for (let i = 0; i < flags.length; i++) {
    if (run !== 0) {
      const s = pastStratum(run, pastHalf, pastHalf)
      rows[s] = (rows[s] as number) + 1
    }
    run = nextRun(run, flags[i] as number)
  }
  const reach = (from: number) => {
    let step = 0
    while (step < pastHalf - 1 && (rows[from + step + 1] as number) >= support) step++
    return step
  }
  return { down: reach(0), up: reach(pastHalf) }
}

export const nextRun = (run: number, flag: number): number =>
  flag === 1 ? (run > 0 ? run + 1 : 1) : run < 0 ? run - 1 : -1
