import { addHit } from '@/lib/detect/quality/flag-hits'
import { type FlagRow, type FlagUnit, startFlagUnit } from '@/lib/detect/quality/flag-unit'
import { syncFlag, watchFlag } from '@/lib/detect/quality/flag-watch'

/**
 * Feature keys that the baseline did not have. Each is watched from its first row on, as a flag that never came in all rows before; that first row is
 * no evidence, for it chose the key. At most `mostKeys` at a time: the one longest unseen makes room, so a hostile feed of ever new keys buys nothing.
 */
export interface NewKeys {
  keys: Map<string, { unit: FlagUnit; lastRow: number; kind: number }>
  /** Keys that were said: known from then on. At most `mostKnown`. */
  known: Set<string>
  /** How many were ever watched. */
  made: number
}

const mostKeys = 32
const mostKnown = 2048
const longestKey = 120
/** Lanes below are the columns'. */
const firstLane = 4096
/** Part of the mass of all of them, against a column's .6 for missing values. */
export const newKeysWeight = 0.8
const weight = newKeysWeight / mostKeys

export const startNewKeys = (): NewKeys => ({ keys: new Map(), known: new Set(), made: 0 })

export interface NewKey {
  readonly name: string
  readonly unit: FlagUnit
  readonly kind: number
}

/** Takes a key of the row at hand that no column has. @returns it when it has been there too often for chance. */
export function watchNewKey(state: NewKeys, key: string, kind: number, scale: number, at: FlagRow): NewKey | null {
  const name = key.length > longestKey ? key.slice(0, longestKey) : key
  if (state.known.has(name)) return null
  const held = state.keys.get(name)
  if (held) {
    held.lastRow = at.row
    return watchFlag(held.unit, 1, 0, Number.NaN, at) ? { name, unit: held.unit, kind: held.kind } : null
  }
  if (state.keys.size >= mostKeys) {
    let oldest = ''
    let row = Number.POSITIVE_INFINITY
    for (const [other, { lastRow }] of state.keys) {
      if (lastRow >= row) continue
      oldest = other
      row = lastRow
    }
    state.keys.delete(oldest)
  }
  const unit = startFlagUnit(weight * scale, 1, at.row + 1, at.row)
  unit.lane = firstLane + state.made++
  addHit(unit.hits, at.row, 0, 0, 0, Number.NaN)
  state.keys.set(name, { unit, lastRow: at.row, kind })
  return null
}

export function knowKey(state: NewKeys, name: string): void {
  state.keys.delete(name)
  if (state.known.size < mostKnown) state.known.add(name)
}

/** Accounts for the rows without them, at a block's end. */
export function syncNewKeys(state: NewKeys, at: FlagRow): void {
  for (const { unit } of state.keys.values()) syncFlag(unit, at)
}
