import { type CodeFunction, type Study, studyRows } from '@/lib/detect/drift/joint/state'
import { transpose } from '@/lib/detect/drift/joint/transpose'

/** The block's rows by bit of their codes: each of the four parts turned over. */
const turned = new Int32Array(2 * studyRows)
/** Bits of the block by function, two words each: 1 where the function is −1. */
let signs = new Int32Array(0)

/** Reads a full block. @returns its bits, overwritten by the next. */
export function readSigns({ functions, rows }: Study): Int32Array {
  turned.set(rows)
  for (let at = 0; at < turned.length; at += 32) transpose(turned, at)
  if (signs.length < 2 * functions.length) signs = new Int32Array(2 * functions.length)
  for (let g = 0; g < functions.length; g++) {
    const { feature, mask } = functions[g] as CodeFunction
    for (let half = 0; half < 2; half++) {
      const at = (feature >> 4) * studyRows + 32 * half + 2 * (feature & 15)
      const low = mask & 1 ? (turned[at] as number) : 0
      signs[2 * g + half] = mask & 2 ? low ^ (turned[at + 1] as number) : low
    }
  }
  return signs
}

/** How many bits of two words are set. */
export function bitCount(a: number, b: number): number {
  let x = a - ((a >>> 1) & 0x55555555)
  let y = b - ((b >>> 1) & 0x55555555)
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333)
  y = (y & 0x33333333) + ((y >>> 2) & 0x33333333)
  const sum = ((x + (x >>> 4)) & 0x0f0f0f0f) + ((y + (y >>> 4)) & 0x0f0f0f0f)
  return Math.imul(sum, 0x01010101) >>> 24
}
