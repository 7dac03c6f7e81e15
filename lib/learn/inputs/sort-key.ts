/**
 * Numbers as 31-bit integers in the same order, so that a tree compares them without a branch: the bits of the nearest float, the lowest dropped.
 * Not a number, and missing, is lowest of all.
 */
export const missingKey = -(2 ** 30)

const float = new Float32Array(1)
const bits = new Int32Array(float.buffer)

export function sortKey(value: number): number {
  if (!(value >= -3.4e38 && value <= 3.4e38)) return value > 0 ? -missingKey - 1 : missingKey
  float[0] = value
  const b = bits[0] as number
  return (b ^ ((b >> 31) & 0x7fffffff)) >> 1
}
