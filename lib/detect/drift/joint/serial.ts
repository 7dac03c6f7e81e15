/** Do codes of 0 to 3 in order depend on the ones before, beyond chance? By each of their three functions of ±1. */
export const isSerial = (codes: ArrayLike<number>): boolean =>
  [2, 1, 3].some((mask) => isSerialSeries(Float64Array.from(codes, (code) => signOf(code, mask))))

/** The same of a series of ±1, by lags 1, 2 and 5, and by how far apart the means of twenty blocks lie. */
export const isSerialSeries = (values: Float64Array): boolean =>
  [1, 2, 5].some((lag) => Math.abs(lagScore(values, lag)) > most) || blockScore(values) > mostApart

const most = 4
const mostApart = 4.5
const blocks = 20

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

/** Dispersion of the means of blocks, χ² standardised: what wanders slowly shows here. */
function blockScore(values: Float64Array): number {
  const rows = Math.floor(values.length / blocks)
  const mean = values.reduce((a, b) => a + b, 0) / Math.max(1, values.length)
  const variance = 1 - mean * mean
  if (rows === 0 || variance < 0.05) return 0
  let chi = 0
  for (let b = 0; b < blocks; b++) {
    let sum = 0
    for (let i = b * rows; i < (b + 1) * rows; i++) sum += (values[i] as number) - mean
    chi += (sum * sum) / (rows * variance)
  }
  return (chi - (blocks - 1)) / Math.sqrt(2 * (blocks - 1))
}
