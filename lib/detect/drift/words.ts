/** A number as a sentence shows it: three significant digits, no exponent between a thousandth and ten million. */
export function brief(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const size = Math.abs(value)
  if (size === 0) return '0'
  if (size < 1e-3 || size >= 1e7) return value.toExponential(2)
  return String(Number(size >= 1000 ? value.toFixed(0) : value.toPrecision(3)))
}

/** A share as a percentage with its space: 4.2 %. */
export const percent = (share: number): string =>
  `${brief(Math.abs(share) >= 0.1 ? Math.round(share * 100) : Number((share * 100).toFixed(1)))} %`
