import type { Features, FeatureValue } from '@/lib/event/types'
import { isFiniteNumber } from '@/lib/stats/finite'

/**
 * The features of the row at hand, side by side, in the order of the row. A dozen detectors read every row: reading a number out of an object puts it
 * into a box of its own, each time.
 */
export interface Fields {
  /** How many there are; what lies beyond in the lists is of earlier rows. */
  count: number
  readonly names: string[]
  /** What is no finite number; null where it is one: a list that outlives the row must note down each box that it is given (`fieldAt`). */
  readonly others: FeatureValue[]
  /** NaN for what is no finite number. */
  numbers: Float64Array
  /** Another one than of the row before when its names, or their order, are others: what follows from these can be kept (`slotsOf`). */
  layout: number
}

const fields: Fields = { count: 0, names: [], others: [], numbers: new Float64Array(64), layout: 0 }
let last: Features | null = null

/** Reads a row, once for all who ask for the same one in turn; overwritten by the next. */
export function fieldsOf(features: Features): Fields {
  if (features === last) return fields
  last = features
  const { names, others } = fields
  let { numbers } = fields
  let n = 0
  let other = false
  for (const name in features) {
    const value = features[name] as FeatureValue
    if (names[n] !== name) {
      names[n] = name
      other = true
    }
    if (n === numbers.length) {
      fields.numbers = new Float64Array(2 * n)
      fields.numbers.set(numbers)
      numbers = fields.numbers
    }
    if (isFiniteNumber(value)) {
      numbers[n] = value
      others[n] = null
    } else {
      numbers[n] = Number.NaN
      others[n] = value
    }
    n++
  }
  if (other || n !== fields.count) fields.layout++
  fields.count = n
  return fields
}

/** The value of the i-th feature. */
export function fieldAt({ numbers, others }: Fields, i: number): FeatureValue {
  const number = numbers[i] as number
  return Number.isNaN(number) ? (others[i] as FeatureValue) : number
}
