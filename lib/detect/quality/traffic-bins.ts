import { type CellMeans, cellMeans, level, residual, trafficCell } from '@/lib/detect/quality/traffic-season'

/** How the counts of a baseline are to be compared: in bins of `group` base bins, as they are or with the hour's mean taken out. */
export interface TrafficPlan {
  group: number
  means: CellMeans | null
  /** What is ranked, by bin of the baseline. */
  scores: number[]
}

const fewestBins = 50
const weekMs = 7 * 86_400_000
const hourMs = 3_600_000

/**
 * The narrowest bins whose counts are as good as independent, so that bursts and a wandering rate lie within a bin and not across many: lag-1
 * correlation and the spread of sums of five and of twelve bins are what independence makes them. Null: no width is, yet.
 *
 * @param seasonal only with the hour's mean taken out, which needs a week.
 */
export function planTraffic(
  counts: readonly number[],
  originMs: number,
  widthMs: number,
  seasonal: boolean,
): TrafficPlan | null {
  const aWeek = counts.length * widthMs >= weekMs
  for (let group = 1; Math.floor(counts.length / group) >= fewestBins; group *= 2) {
    const sums = grouped(counts, group)
    if (!seasonal && independent(sums)) return { group, means: null, scores: sums }
    if (!aWeek || group * widthMs > hourMs) continue
    const levels = sums.map(level)
    const cells = sums.map((_, i) => trafficCell(originMs + (i + 0.5) * group * widthMs))
    const means = cellMeans(levels, cells)
    const scores = levels
      .map((value, i) => residual(means, cells[i] as number, value, true))
      .filter((value) => !Number.isNaN(value))
    if (scores.length >= fewestBins && independent(scores)) return { group, means, scores }
  }
  return null
}

function grouped(counts: readonly number[], group: number): number[] {
  const sums: number[] = []
  for (let i = 0; i + group <= counts.length; i += group) {
    let sum = 0
    for (let j = i; j < i + group; j++) sum += counts[j] as number
    sums.push(sum)
  }
  return sums
}

function independent(values: readonly number[]): boolean {
  const n = values.length
  const mean = values.reduce((a, b) => a + b, 0) / n
  let square = 0
  let cross = 0
  for (let i = 0; i < n; i++) {
    const centred = (values[i] as number) - mean
    square += centred * centred
    if (i > 0) cross += centred * ((values[i - 1] as number) - mean)
  }
  // Even traffic: every bin holds the same.
  if (square < 1e-9 * n) return true
  if (cross / square > 1.3 / Math.sqrt(n)) return false
  return [5, 12].every((length) => spread(values, mean, square / n, length) < 1 + 1.3 * Math.sqrt(2 / (n / length)))
}

/** Variance of sums of `length` values over what independence would make it. */
function spread(values: readonly number[], mean: number, variance: number, length: number): number {
  let total = 0
  let chunks = 0
  for (let i = 0; i + length <= values.length; i += length) {
    let sum = 0
    for (let j = i; j < i + length; j++) sum += (values[j] as number) - mean
    total += (sum * sum) / (length * variance)
    chunks++
  }
  return total / Math.max(1, chunks)
}
