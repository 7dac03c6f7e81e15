/**
 * A float4 column keeps a decimal of up to six significant digits exactly: its nearest float32 is nobody else's. `widen` finds that decimal again;
 * a number goes into a float4 column only if `keptByFloat4` says that it comes back as it was.
 */

const scales = [1, 10, 100, 1e3, 1e4, 1e5, 1e6] as const

/** @param x a float32. @returns the decimal of at most six digits, six of them after the point, whose nearest float32 is x; x itself if there is none. */
export function widen(x: number): number {
  for (const scale of scales) {
    const digits = Math.round(x * scale)
    if (digits >= 1e6 || digits <= -1e6) return x
    const decimal = digits / scale
    if (Math.fround(decimal) === x) return decimal
  }
  return x
}

export function keptByFloat4(x: number): boolean {
  return Object.is(widen(Math.fround(x)), x)
}
