import type { Book, PlannedFeature } from '@/db/book'
import { maxPlanned } from '@/db/book'
import type { EventExtra } from '@/db/schema'
import type { Features, FeatureValue } from '@/lib/event/types'
import type { CopyWriter } from './writer'

/** What `event.codes` holds besides the codes of words. */
export const featureCode = { absent: 0, null: -1, literal: -2, false: -3, true: -4 } as const

const numbers = new Float64Array(maxPlanned)
const isNull = new Uint8Array(maxPlanned)
const codes = new Int16Array(maxPlanned)

/** The features of one event by the slots of its model's book. */
export interface EncodedFeatures {
  /** NaN where the feature is absent or null. Slots from `numberCount` on are absent. */
  readonly numbers: Float64Array
  readonly isNull: Uint8Array
  readonly anyNull: boolean
  readonly numberCount: number
  /** `featureCode`, or the code of a word. Slots from `codeCount` on are absent. */
  readonly codes: Int16Array
  readonly codeCount: number
  /** Some of them found no slot, or a slot of another type. */
  readonly literals: boolean
}

/** Those that were written last. */
export const encodedFeatures: { -readonly [K in keyof EncodedFeatures]: EncodedFeatures[K] } = {
  numbers,
  isNull,
  anyNull: false,
  numberCount: 0,
  codes,
  codeCount: 0,
  literals: false,
}

/** Writes the columns `codes`, `numbers4` and `numbers8`. @returns what goes to `extra`, if anything. */
export function encodeFeatures(
  w: CopyWriter,
  book: Book,
  features: Features,
): Pick<EventExtra, 'features' | 'order'> | null {
  let literals: (readonly [string, FeatureValue])[] | null = null
  let ordered = true
  let lastPosition = -1
  let numberCount = 0
  let codeCount = 0
  let anyNull = false
  let narrow = true
  // Nearly every event has its features in the order of the plan: then none needs to be looked up.
  let next: PlannedFeature | undefined = book.plan[0]
  for (const name in features) {
    const value = features[name] as FeatureValue
    const planned: PlannedFeature | null =
      next?.name === name ? next : (book.features.get(name) ?? book.append(name, value))
    if (planned === null) {
      literals ??= []
      literals.push([name, value])
      ordered = false
      continue
    }
    const { position, slot } = planned
    next = book.plan[position + 1]
    if (position < lastPosition) ordered = false
    lastPosition = position
    if (planned.words === null) {
      for (; numberCount <= slot; numberCount++) clearNumber(numberCount)
      if (typeof value === 'number') {
        numbers[slot] = value
        narrow &&= planned.float4.keeps(value)
      } else if (value === null) {
        isNull[slot] = 1
        anyNull = true
      } else {
        literals ??= []
        literals.push([name, value])
      }
      continue
    }
    while (codeCount <= slot) codes[codeCount++] = featureCode.absent
    if (typeof value === 'string') codes[slot] = planned.words.code(value) || featureCode.literal
    else if (value === null) codes[slot] = featureCode.null
    else if (typeof value === 'boolean') codes[slot] = value ? featureCode.true : featureCode.false
    else codes[slot] = featureCode.literal
    if (codes[slot] === featureCode.literal) {
      literals ??= []
      literals.push([name, value])
    }
  }
  encodedFeatures.anyNull = anyNull
  encodedFeatures.numberCount = numberCount
  encodedFeatures.codeCount = codeCount
  encodedFeatures.literals = literals !== null
  if (codeCount > 0) w.smallints(codes, codeCount)
  else w.null()
  // An event without any feature is told apart from one that has no features by its empty array.
  if (narrow) {
    w.floats4(numbers, numberCount, isNull, anyNull)
    w.null()
  } else {
    w.null()
    w.floats8(numbers, numberCount, isNull, anyNull)
  }
  if (ordered) return literals && { features: literals }
  const order = Object.keys(features)
  return literals ? { features: literals, order } : { order }
}

function clearNumber(slot: number): void {
  numbers[slot] = Number.NaN
  isNull[slot] = 0
}
