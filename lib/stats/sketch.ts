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
