import { binLower, type FeatureSketch, numberCount } from '@/lib/stats/sketch'

/** How a feature's values are laid out to be compared: groups of number bins of about equal mass, or categories; what is missing has a cell of its own. */
export interface Cells {
  readonly type: 'numeric' | 'categorical'
  /** Numeric: upper bin (inclusive) of each group but the last. */
  readonly cuts: readonly number[]
  readonly categories: readonly string[]
}

const maxGroups = 20
const maxCategories = 40

export function cellsOf(baseline: FeatureSketch): Cells {
  const numbers = numberCount(baseline)
  const type = numbers >= baseline.n - numbers && numbers > 0 ? 'numeric' : 'categorical'
  const categories = [...baseline.categories].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  const cuts: number[] = []
  let below = 0
  for (const [bin, count] of [...baseline.numbers].sort((a, b) => a[0] - b[0])) {
    below += count
    if (below >= (numbers * (cuts.length + 1)) / maxGroups && below < numbers) cuts.push(bin)
  }
  return { type, cuts, categories: categories.slice(0, maxCategories).map(([name]) => name) }
}

/** Counts by cell: number groups, categories, all other values, missing. */
export function countsIn(cells: Cells, sketch: FeatureSketch): number[] {
  const groups = new Array<number>(cells.cuts.length + 1).fill(0)
  for (const [bin, count] of sketch.numbers) {
    let at = cells.cuts.findIndex((cut) => bin <= cut)
    if (at < 0) at = groups.length - 1
    groups[at] = (groups[at] ?? 0) + count
  }
  const named = cells.categories.map((name) => sketch.categories.get(name) ?? 0)
  const others = sketch.n - sum(groups) - sum(named)
  return [...groups, ...named, Math.max(0, others), sketch.nulls + sketch.absent]
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/**
 * Total variation distance between two samples over the same cells, less what chance alone would show at these sizes (for independent counts
 * E|p̂ − q̂| ≈ √(2p(1−p)(1/n + 1/m)/π) a cell), rescaled to 0…1. Null when either is empty.
 */
export function correctedDistance(reference: readonly number[], current: readonly number[]): number | null {
  const m = sum(reference)
  const n = sum(current)
  if (m === 0 || n === 0) return null
  let distance = 0
  let chance = 0
  for (let i = 0; i < reference.length; i++) {
    const a = reference[i] ?? 0
    const b = current[i] ?? 0
    const p = (a + b) / (m + n)
    distance += Math.abs(a / m - b / n) / 2
    chance += Math.sqrt((2 * p * (1 - p) * (1 / n + 1 / m)) / Math.PI) / 2
  }
  return chance >= 1 ? 0 : Math.max(0, (distance - chance) / (1 - chance))
}

const histogramBars = 24
const tail = 0.005

/** Both samples as shares over bars of equal width; a bin's count is spread evenly over its width, so that bins finer or coarser than bars do not comb. */
export function histogram(
  reference: FeatureSketch,
  current: FeatureSketch,
): { bins: number[]; reference: number[]; current: number[] } {
  const [low, high] = bounds(reference, current)
  const width = (high - low) / histogramBars
  const bars = (sketch: FeatureSketch) => {
    const out = new Array<number>(histogramBars).fill(0)
    const total = numberCount(sketch)
    for (const [bin, count] of sketch.numbers)
      spread(out, binLower(bin), binLower(bin + 1), count / Math.max(1, total), low, width)
    return out
  }
  return {
    bins: Array.from({ length: histogramBars }, (_, i) => low + i * width),
    reference: bars(reference),
    current: bars(current),
  }
}

function spread(out: number[], from: number, to: number, share: number, low: number, width: number): void {
  const clamp = (x: number) => Math.min(out.length - 1, Math.max(0, Math.floor((x - low) / width)))
  const first = clamp(from)
  const last = clamp(to)
  if (first === last || !(to > from)) {
    out[first] = (out[first] ?? 0) + share
    return
  }
  for (let i = first; i <= last; i++) {
    const left = i === first ? from : low + i * width
    const right = i === last ? to : low + (i + 1) * width
    out[i] = (out[i] ?? 0) + (share * (right - left)) / (to - from)
  }
}

function bounds(a: FeatureSketch, b: FeatureSketch): [number, number] {
  const edges = [a, b].flatMap((sketch) => {
    const bins = [...sketch.numbers].sort((x, y) => x[0] - y[0])
    const total = numberCount(sketch)
    const kept: number[] = []
    let below = 0
    for (const [bin, count] of bins) {
      if (below + count > total * tail && below < total * (1 - tail)) kept.push(binLower(bin), binLower(bin + 1))
      below += count
    }
    return kept
  })
  const low = Math.min(...edges)
  const high = Math.max(...edges)
  return Number.isFinite(low) && high > low ? [low, high] : [0, 1]
}
