import type { FeatureValue } from '@/lib/event/types'
import { columnNames, segmentKey, valueNames } from './names'
import type { Random } from './random'
import { anyShape, type Shape } from './shapes'

export interface NumberColumn {
  readonly name: string
  readonly type: 'number'
  readonly shape: Shape
  /** Which common factor it follows, and how closely. */
  readonly factor: number
  readonly loading: number
  /** Where each segment value has it, in standard deviations. */
  readonly places: readonly number[]
  /** Median and spread (interquartile range ÷ 1.349) of what it usually is. */
  readonly median: number
  readonly spread: number
}

export interface CategoryColumn {
  readonly name: string
  readonly type: 'category'
  readonly values: readonly (string | boolean)[]
  readonly weights: readonly number[]
}

export type Column = NumberColumn | CategoryColumn

export interface Columns {
  readonly all: readonly Column[]
  readonly numbers: readonly NumberColumn[]
  readonly categories: readonly CategoryColumn[]
  /** No segment: an empty list of values. */
  readonly segment: { readonly key: string; readonly values: readonly string[]; readonly weights: readonly number[] }
}

/** The columns of one stream: which there are, how they are shaped, hang together, and depend on the segment. */
export function anyColumns(random: Random, count: number, segments: number): Columns {
  const names = columnNames(random, count)
  const numbers: NumberColumn[] = []
  const categories: CategoryColumn[] = []
  const weights = Array.from({ length: segments }, (_, i) => 1 / (i + 1 + random.uniform()))
  // At least six numbers of which three are smooth, and two categories.
  const numeric = Math.max(6, count - 2 - random.below(Math.max(1, count >> 1)))
  for (const [i, name] of names.entries()) {
    if (i < numeric) numbers.push(numberColumn(random, name, segments, i < 4 ? 'smooth' : undefined))
    else categories.push(categoryColumn(random, name, i > numeric && random.chance(0.25)))
  }
  const all = [...numbers, ...categories].sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name))
  return {
    all,
    numbers,
    categories,
    segment: { key: segmentKey(random), values: valueNames(random, segments), weights },
  }
}

function numberColumn(random: Random, name: string, segments: number, kind?: Shape['kind']): NumberColumn {
  const shape = anyShape(random, kind)
  const depends = random.chance(0.4)
  const places = Array.from({ length: segments }, () => (depends ? 0.7 * random.normal() : 0))
  const sample = Array.from({ length: 4001 }, () => shape.value(random.normal())).sort((a, b) => a - b)
  const at = (p: number) => sample[Math.floor(p * 4000)] as number
  return {
    name,
    type: 'number',
    shape,
    factor: random.below(3),
    loading: random.chance(0.5) ? 0 : 0.35 + 0.5 * random.uniform(),
    places,
    median: at(0.5),
    spread: Math.max(1e-9, (at(0.75) - at(0.25)) / 1.349) || 1,
  }
}

function categoryColumn(random: Random, name: string, flag: boolean): CategoryColumn {
  if (flag) return { name, type: 'category', values: [false, true], weights: [0.6 + 0.3 * random.uniform(), 0.3] }
  const count = 3 + random.below(8)
  const weights = Array.from({ length: count }, (_, i) => (0.3 + random.uniform()) * 0.7 ** i)
  return { name, type: 'category', values: valueNames(random, count), weights }
}

export interface Row {
  features: Record<string, FeatureValue>
  segment: Record<string, string>
}

/** One honest row. `latent` may bend the normal variate behind a number column before it takes its shape. */
export function drawRow(columns: Columns, random: Random, latent?: (column: NumberColumn, z: number) => number): Row {
  const { segment } = columns
  const place = segment.values.length === 0 ? 0 : segment.values.indexOf(random.pick(segment.values, segment.weights))
  const factors = [random.normal(), random.normal(), random.normal()]
  const features: Record<string, FeatureValue> = {}
  for (const column of columns.all) {
    if (column.type === 'category') {
      features[column.name] = random.pick(column.values, column.weights)
      continue
    }
    const own = Math.sqrt(1 - column.loading ** 2) * random.normal()
    const z = column.loading * (factors[column.factor] as number) + own + (column.places[place] ?? 0)
    features[column.name] = column.shape.value(latent ? latent(column, z) : z)
  }
  return { features, segment: segment.values.length === 0 ? {} : { [segment.key]: segment.values[place] as string } }
}

/** A feature as a number; what is missing or no number counts as 0. */
export const numberOf = (row: Row, name: string): number => {
  const value = row.features[name]
  return typeof value === 'number' ? value : 0
}
