/** Do codes of 0 to 3 in order depend on the ones before, beyond chance? By each of their three functions of ±1, at lags 1, 2 and 5. */
export function isSerial(codes: ArrayLike<number>): boolean {
  for (const mask of [2, 1, 3]) {
    const values = Float64Array.from(codes, (code) => signOf(code, mask))
    for (const lag of [1, 2, 5]) if (Math.abs(lagScore(values, lag)) > most) return true
  }
  return false
}

const most = 4

/** +1 or −1: the parity of the bits of a code that `mask` takes. */
export const signOf = (code: number, mask: number): number => {
  const bits = code & mask
  return bits === 1 || bits === 2 ? -1 : 1
}

/** Correlation at a lag, in standard errors. */
export function lagScore(values: Float64Array, lag: number): number {
  const n = values.length
  const mean = values.reduce((a, b) => a + b, 0) / Math.max(1, n)
  let square = 0
  let cross = 0
  for (let i = 0; i < n; i++) {
    const here = (values[i] as number) - mean
    square += here * here
    if (i >= lag) cross += here * ((values[i - lag] as number) - mean)
  }
  return square > 0 ? (cross / square) * Math.sqrt(n) : 0
}
