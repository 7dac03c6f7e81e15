/**
 * A mergeable sketch of one feature in one window: counts by bin. Two sketches of the same feature merge by addition, whatever their windows.
 *
 * Numbers fall into float-bits bins: the sign, the exponent and the first four bits of the mantissa (±3 % of the value), so no range has to be
 * known beforehand. Categories (strings, booleans) are counted by name up to `maxCategories`; later ones count as `other`.
 */
export interface FeatureSketch {
  /** Present, of any type. */
  n: number
  /** The key was there and its value null. */
  nulls: number
  /** The key was absent. */
  absent: number
  /** Float-bits bin → count. `binOf` and `binLower` below translate. */
  numbers: Map<number, number>
  /** Category → count. */
  categories: Map<string, number>
  /** Categories beyond the cap. */
  other: number
  /** Sum and sum of squares of the numbers, for mean and deviation. */
  sum: number
  sumSquares: number
}

/** Feature name → its sketch. */
export type SketchSet = Map<string, FeatureSketch>

/** Names under which a set keeps the labels and the predictions themselves, beside the features. */
export const labelKey = '@label'
export const predictionKey = '@prediction'

/** Categories of one sketch that are counted by name; later ones count as `other`. */
export const maxCategories = 200

const float64 = new Float64Array(1)
const words = new Uint32Array(float64.buffer)

export function emptySketch(): FeatureSketch {
  return { n: 0, nulls: 0, absent: 0, numbers: new Map(), categories: new Map(), other: 0, sum: 0, sumSquares: 0 }
}

/** Bin of a number, −32768 … 32767, rising with it: sign, exponent and four mantissa bits of the float64. */
export function binOf(x: number): number {
  // + 0 makes a negative zero an ordinary one.
  float64[0] = x + 0
  const top = (words[1] as number) >>> 16
  return top < 0x8000 ? top : 0x7fff - top
}

/** Lower edge of a bin: no number of the bin is below it. */
export function binLower(bin: number): number {
  const magnitude = bin >= 0 ? bin : -bin
  words[0] = 0
  words[1] = magnitude * 0x10000
  const edge = float64[0] as number
  return bin >= 0 ? edge : -edge
}

/** Counts a number that is present. */
export function addNumber(sketch: FeatureSketch, x: number): void {
  const bin = binOf(x)
  sketch.n++
  sketch.numbers.set(bin, (sketch.numbers.get(bin) ?? 0) + 1)
  sketch.sum += x
  sketch.sumSquares += x * x
}

/** Counts a category that is present: a string, or `true` and `false`. */
export function addCategory(sketch: Pick<FeatureSketch, 'n' | 'categories' | 'other'>, name: string, count = 1): void {
  sketch.n += count
  countCategory(sketch, name, count)
}

/** Counts a feature's value, whatever its type; `undefined` where the key is absent. */
export function addValue(sketch: FeatureSketch, value: number | string | boolean | null | undefined): void {
  if (typeof value === 'number') addNumber(sketch, value)
  else if (value === null) sketch.nulls++
  else if (value === undefined) sketch.absent++
  else addCategory(sketch, String(value))
}

/** Adds what `from` counted to `into`. */
export function merge(into: FeatureSketch, from: FeatureSketch): void {
  into.n += from.n
  into.nulls += from.nulls
  into.absent += from.absent
  into.other += from.other
  into.sum += from.sum
  into.sumSquares += from.sumSquares
  for (const [bin, count] of from.numbers) into.numbers.set(bin, (into.numbers.get(bin) ?? 0) + count)
  for (const [name, count] of from.categories) countCategory(into, name, count)
}

export function mergeSets(into: SketchSet, from: SketchSet): void {
  for (const [name, sketch] of from) {
    const target = into.get(name) ?? emptySketch()
    into.set(name, target)
    merge(target, sketch)
  }
}

/** How many of the counted values were numbers. */
export function numberCount(sketch: FeatureSketch): number {
  let total = 0
  for (const count of sketch.numbers.values()) total += count
  return total
}

/** The q-quantile of the numbers, straight within its bin (±3 % of the value); NaN when there are none. */
export function quantile(sketch: FeatureSketch, q: number): number {
  const target = numberCount(sketch) * Math.min(1, Math.max(0, q))
  let below = 0
  let edge = Number.NaN
  for (const [bin, count] of [...sketch.numbers].sort((a, b) => a[0] - b[0])) {
    if (below + count >= target) {
      const low = binLower(bin)
      return low + ((target - below) / count) * (binLower(bin + 1) - low)
    }
    below += count
    edge = binLower(bin + 1)
  }
  return edge
}

/** Counts a category without counting it as present: by name while there is room. */
export function countCategory(sketch: Pick<FeatureSketch, 'categories' | 'other'>, name: string, count: number): void {
  const before = sketch.categories.get(name)
  if (before !== undefined) sketch.categories.set(name, before + count)
  else if (sketch.categories.size < maxCategories) sketch.categories.set(name, count)
  else sketch.other += count
}
