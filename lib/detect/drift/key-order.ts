import type { Fields } from '@/lib/detect/fields'

/**
 * Which slot each key of a row's features has, read at the speed of the row: producers send their keys in one order, so the next key is nearly always
 * the next known one and no hash is needed. A row in another order costs a lookup a key, nothing else.
 */
export interface KeyOrder {
  /** Keys in the order of one row. */
  keys: string[]
  /** Slot by place in `keys`; −1: a key that has none. */
  slots: number[]
  places: Map<string, number>
}

/** Longer lists would let a hostile feed grow; keys beyond have no slot. */
const mostKeys = 2048

/** @param row whose order is taken. @param slotOf slot of every key that has one; also of keys that the row lacks. */
export function keyOrder(row: object, slotOf: ReadonlyMap<string, number>): KeyOrder {
  const rest = [...slotOf.keys()].filter((key) => !Object.hasOwn(row, key))
  const keys = [...Object.keys(row).filter((key, i) => i < mostKeys || slotOf.has(key)), ...rest]
  return {
    keys,
    slots: keys.map((key) => slotOf.get(key) ?? -1),
    places: new Map(keys.map((key, place) => [key, place])),
  }
}

/** The place of `key`, given where the key before it was; −1 when it is not known. */
export function placeOf(order: KeyOrder, key: string, before: number): number {
  return order.keys[before + 1] === key ? before + 1 : (order.places.get(key) ?? -1)
}

/** Kept while rows come in one layout. Not part of any state: what it says follows from the order and the row. */
const latest = new WeakMap<KeyOrder, { layout: number; slots: Int16Array }>()

/** Slot of each field of the row at hand, −1 where it has none; what lies beyond its count is of earlier rows. Good until the next row. */
export function slotsOf(order: KeyOrder, { layout, count, names }: Fields): Int16Array {
  const held = latest.get(order)
  if (held?.layout === layout) return held.slots
  const slots = held && held.slots.length >= count ? held.slots : new Int16Array(count)
  let place = -1
  for (let i = 0; i < count; i++) {
    const next = placeOf(order, names[i] as string, place)
    if (next >= 0) place = next
    slots[i] = next < 0 ? -1 : (order.slots[next] as number)
  }
  if (held) Object.assign(held, { layout, slots })
  else latest.set(order, { layout, slots })
  return slots
}
