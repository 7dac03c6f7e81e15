import { missingKey } from '@/lib/learn/inputs/sort-key'

/** Rows that trees are grown on: the last `most` that were admitted, column by column, their keys and the bins that these fall in. */
export interface Window {
  most: number
  columns: number
  size: number
  next: number
  /** Column by column, `most` each. */
  keys: Int32Array
  bins: Uint8Array
  /** Ascending keys between bins: 30 for each column, of which `edgeCount` are in use. −1: a category, its code is its bin. */
  edges: Int32Array
  edgeCount: Int8Array
  y: Uint8Array
  /** Numbers of origin and labeler (./recent.ts). */
  origin: Int32Array
  labeler: Int32Array
  /** Place in the order of learning. */
  serial: Float64Array
  /** Whether the row still teaches. */
  believed: Uint8Array
  /** Out-of-sample chance of its label: a running mean over the trees that did not see it. */
  vote: Float32Array
  votes: Uint16Array
}

export const edgesEach = 30
export const binCount = 32

export const startWindow = (most: number, categories: readonly boolean[]): Window => ({
  most,
  columns: categories.length,
  size: 0,
  next: 0,
  keys: new Int32Array(most * categories.length),
  bins: new Uint8Array(most * categories.length),
  edges: new Int32Array(edgesEach * categories.length),
  edgeCount: Int8Array.from(categories, (isCategory) => (isCategory ? -1 : 0)),
  y: new Uint8Array(most),
  origin: new Int32Array(most),
  labeler: new Int32Array(most),
  serial: new Float64Array(most),
  believed: new Uint8Array(most),
  vote: new Float32Array(most),
  votes: new Uint16Array(most),
})

/** Enters a row in place of the oldest. @returns its place. */
export function enter(window: Window, keys: Int32Array, y: number, origin: number, labeler: number, serial: number) {
  const at = window.next
  const { most, columns } = window
  for (let c = 0; c < columns; c++) {
    const key = keys[c] as number
    window.keys[c * most + at] = key
    window.bins[c * most + at] = binOfKey(window, c, key)
  }
  window.y[at] = y
  window.origin[at] = origin
  window.labeler[at] = labeler
  window.serial[at] = serial
  window.believed[at] = 1
  window.vote[at] = 0
  window.votes[at] = 0
  window.next = (at + 1) % most
  if (window.size < most) window.size++
  return at
}

/** Number of edges below the key; a key on an edge belongs to the bin that the edge closes. */
function binOfKey({ edges, edgeCount }: Window, column: number, key: number): number {
  const count = edgeCount[column] as number
  if (count < 0) return key & (binCount - 1)
  const from = column * edgesEach
  let low = 0
  let high = count
  while (low < high) {
    const mid = (low + high) >> 1
    if ((edges[from + mid] as number) < key) low = mid + 1
    else high = mid
  }
  return low
}

const sampled = 1024
const sample = new Int32Array(sampled)

/** Lays the edges of numbers anew, at even counts of the rows that are there. Trees that stand keep theirs. */
export function layEdges(window: Window): void {
  const { most, columns, size, edges, edgeCount } = window
  const take = Math.min(sampled, size)
  for (let c = 0; c < columns; c++) {
    if ((edgeCount[c] as number) < 0) continue
    for (let i = 0; i < take; i++) sample[i] = window.keys[c * most + Math.floor((i * size) / take)] as number
    const sorted = sample.subarray(0, take).sort()
    let count = 0
    let last = missingKey - 1
    for (let e = 1; e <= edgesEach; e++) {
      const edge = sorted[Math.min(take - 1, Math.floor((e * take) / (edgesEach + 1)))] as number
      if (edge === last) continue
      edges[c * edgesEach + count++] = edge
      last = edge
    }
    // Nothing lies above the greatest: it would close an empty side.
    if (count > 0 && last === sorted[take - 1]) count--
    edgeCount[c] = count
    for (let i = 0; i < size; i++) window.bins[c * most + i] = binOfKey(window, c, window.keys[c * most + i] as number)
  }
}
