import { width } from './compact'

/** The latest 2,048 rows whose label was not the learner's favourite, in their columns, by the number of their event's id. */
export interface Doubted {
  next: number
  size: number
  /** `numberOf` the event's id. */
  id: Int32Array
  y: Uint8Array
  x: Float32Array
}

export const mostDoubted = 2048

export const startDoubted = (): Doubted => ({
  next: 0,
  size: 0,
  id: new Int32Array(0),
  y: new Uint8Array(0),
  x: new Float32Array(0),
})

export function keepDoubted(doubted: Doubted, id: number, x: Float64Array, y: number): void {
  if (doubted.x.length === 0) {
    doubted.id = new Int32Array(mostDoubted)
    doubted.y = new Uint8Array(mostDoubted)
    doubted.x = new Float32Array(mostDoubted * width)
  }
  const at = doubted.next
  doubted.id[at] = id
  doubted.y[at] = y
  doubted.x.set(x, at * width)
  doubted.next = (at + 1) % mostDoubted
  doubted.size = Math.max(doubted.size, at + 1)
}
