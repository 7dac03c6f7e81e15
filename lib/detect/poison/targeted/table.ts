/** Open addressing over 32-bit keys in a typed array: where a key's numbers stand. A key of 0 is stored as 1. */
export interface Table {
  key: Int32Array
  used: number
}

export const tableSlots = 8192
/** Slots that are filled before the table must shed some. */
export const fullAt = 6144
const mask = tableSlots - 1

export const startTable = (): Table => ({ key: new Int32Array(tableSlots), used: 0 })

/** @returns the key's slot; −1: it is not there. */
export function find(table: Table, key: number): number {
  const wanted = key | 0 || 1
  let slot = wanted & mask
  while (table.key[slot] !== 0) {
    if (table.key[slot] === wanted) return slot
    slot = (slot + 1) & mask
  }
  return -1
}

/** Puts a key that is not there. @returns its slot. */
export function put(table: Table, key: number): number {
  const wanted = key | 0 || 1
  let slot = wanted & mask
  while (table.key[slot] !== 0) slot = (slot + 1) & mask
  table.key[slot] = wanted
  table.used++
  return slot
}
