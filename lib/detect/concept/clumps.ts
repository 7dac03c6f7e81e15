/**
 * Do the codes of rows that follow one another come in clumps (wet days, errors in a hard week), beyond what their strata say? Then n rows tell as much
 * as n / D independent ones, D the design effect, and a bet's evidence is to be raised to 1 / D: what a stretch of n rows does by itself has D times
 * the variance that chance gives it.
 *
 * D        1 + 2 Σ (1 − k/(K + 1)) ρ_k, with ρ_k the correlation of the codes, less their shares, at lag k: the greatest over K of 8, 32 and 128 rows,
 *          where one of them lies `beyond` standard deviations of chance above 1; else exactly 1.
 * Source   Kish 1965, Survey Sampling (design effect); Bartlett 1946 (variance of correlations); e^(1/D) is an e-value whenever e is one, by Jensen.
 */
export function clumping(
  codes: ArrayLike<number>,
  strata: ArrayLike<number>,
  counts: Float64Array,
  of: number,
): number {
  const n = codes.length
  if (n < fewest) return 1
  const off = new Float64Array(n * of)
  for (let i = 0; i < n; i++) {
    const stratum = strata[i] as number
    if (stratum < 0) continue
    let total = 0
    for (let c = 0; c < of; c++) total += counts[stratum * of + c] as number
    if (total === 0) continue
    for (let c = 0; c < of; c++)
      off[i * of + c] = (codes[i] === c ? 1 : 0) - (counts[stratum * of + c] as number) / total
  }
  const square = productAt(off, 0)
  if (!(square > 0)) return 1
  const rho = Float64Array.from({ length: reaches.at(-1) as number }, (_, k) => productAt(off, (k + 1) * of) / square)
  let most = 1
  let clumps = false
  for (const reach of reaches) {
    let sum = 0
    let variance = 0
    for (let k = 1; k <= reach; k++) {
      const weight = 1 - k / (reach + 1)
      sum += 2 * weight * (rho[k - 1] as number)
      variance += (4 * weight * weight) / n
    }
    if (sum > beyond * Math.sqrt(variance)) clumps = true
    if (sum > Math.sqrt(variance)) most = Math.max(most, 1 + sum)
  }
  return clumps ? most : 1
}

const fewest = 500
const reaches = [8, 32, 128] as const
const beyond = 3

function productAt(values: Float64Array, lag: number): number {
  let sum = 0
  for (let i = lag; i < values.length; i++) sum += (values[i] as number) * (values[i - lag] as number)
  return sum
}
