import { type KeyOrder, slotsOf } from '@/lib/detect/drift/key-order'
import type { NumericUnit } from '@/lib/detect/drift/numeric/state'
import { fieldsOf } from '@/lib/detect/fields'
import type { Features } from '@/lib/event/types'

/** Features beyond are not watched. */
export const mostFeatures = 512

/** The row at hand by unit; NaN where it has no finite number. */
export const values = new Float64Array(mostFeatures)

/** Fills `values`. @returns how many of the units that are on have one. */
export function readValues(units: readonly NumericUnit[], order: KeyOrder, features: Features): number {
  values.fill(Number.NaN, 0, units.length)
  let touched = 0
  const fields = fieldsOf(features)
  const { count, numbers } = fields
  const slots = slotsOf(order, fields)
  for (let i = 0; i < count; i++) {
    const slot = slots[i] as number
    const value = numbers[i] as number
    if (slot < 0 || Number.isNaN(value)) continue
    values[slot] = value
    if ((units[slot] as NumericUnit).phase !== 'off') touched++
  }
  return touched
}

export function readNone(units: readonly NumericUnit[]): number {
  values.fill(Number.NaN, 0, units.length)
  return 0
}
