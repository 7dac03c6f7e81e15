import type { Row } from './encode'
import { missingKey, sortKey } from './sort-key'

/** The columns that trees look at, each in a slot of its own, fixed with the columns' scales: numbers, categories of up to 31 values, short embeddings. */
export interface Slots {
  byName: Map<string, Slot>
  /** Slots from here on hold the embedding's dimensions. */
  embeddingAt: number
  dimensions: number
  count: number
}

export interface Slot {
  readonly at: number
  /** Codes of a category's values, in order of first sight; null for a number. */
  readonly codes: Map<string, number> | null
}

export const mostSlots = 64
/** Codes 1 to 31; 0 is missing, and every value beyond. */
const mostCodes = 31

export const noSlots = (): Slots => ({ byName: new Map(), embeddingAt: 0, dimensions: 0, count: 0 })

/** Gives slots to what these rows have. Texts alone need none. */
export function fixSlots(rows: readonly Row[]): Slots {
  const slots = noSlots()
  const kinds = new Map<string, { numbers: number; rows: number }>()
  let dimensions = 0
  for (const row of rows) {
    for (const name in row.features) {
      const kind = kinds.get(name) ?? { numbers: 0, rows: 0 }
      kinds.set(name, kind)
      const value = row.features[name]
      if (typeof value === 'number') kind.numbers++
      if (value !== null) kind.rows++
    }
    dimensions = Math.max(dimensions, row.embedding?.length ?? 0)
  }
  for (const [name, kind] of kinds) {
    if (slots.count >= mostSlots) break
    if (kind.rows === 0) continue
    slots.byName.set(name, { at: slots.count++, codes: kind.numbers * 2 > kind.rows ? null : new Map() })
  }
  slots.embeddingAt = slots.count
  if (dimensions > 0 && slots.count + dimensions <= mostSlots) slots.dimensions = dimensions
  slots.count += slots.dimensions
  return slots
}

/** A value as trees see it; a new value of a category gets the next code. */
export function keyIn(slot: Slot, value: unknown): number {
  const { codes } = slot
  if (!codes) return typeof value === 'number' ? sortKey(value) : missingKey
  const text = String(value)
  const known = codes.get(text)
  if (known !== undefined) return known
  if (codes.size >= mostCodes) return 0
  codes.set(text, codes.size + 1)
  return codes.size
}
