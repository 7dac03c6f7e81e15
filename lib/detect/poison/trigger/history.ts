import type { Parts } from './bears'
import { type Candidates, kinds } from './candidates'

/** The last 32,768 rows by their recurring values, whatever the learner thought of them: since when does a value go with a label? 25 bytes a row. */
export interface History {
  /** The low halves of `valuesKept` hashes a row; 0: none. */
  value: Uint16Array
  label: Uint8Array
}

const mostRows = 32_768
const valuesKept = 12

export const startHistory = (): History => ({ value: new Uint16Array(0), label: new Uint8Array(0) })

/** @param t how many rows testified before. */
export function keepHistory(history: History, row: Candidates, y: number, t: number): void {
  if (history.label.length === 0)
    Object.assign(history, { value: new Uint16Array(mostRows * valuesKept), label: new Uint8Array(mostRows) })
  const slot = t % mostRows
  const { recurring, value } = row
  for (let v = 0; v < valuesKept; v++)
    history.value[slot * valuesKept + v] = v < recurring.length ? (value[recurring[v] as number] as number) : 0
  history.label[slot] = y
}

/** Rows that testified before the first one kept. */
export const historySince = (now: number) => Math.max(0, now - mostRows)

/** @returns by how many rows testified before them: rows that bear the value, or both, with the label (null: any). In order of arrival. */
export function arrivalsOf(history: History, { kind, first, second }: Parts, y: number | null, now: number): number[] {
  const found: number[] = []
  for (let t = historySince(now); t < now; t++) {
    const slot = t % mostRows
    if ((y !== null && history.label[slot] !== y) || !holds(history, slot, first)) continue
    if (kind === kinds.pair && !holds(history, slot, second)) continue
    found.push(t)
  }
  return found
}

function holds({ value }: History, slot: number, hash: number): boolean {
  const half = hash & 0xffff
  for (let v = slot * valuesKept; v < (slot + 1) * valuesKept; v++) if (value[v] === half) return true
  return false
}
