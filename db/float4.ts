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

/**
 * The same question where most answers are alike, as in the values of one feature: how many of the scales it took is remembered from one to the next.
 * A decimal of at most six digits has a nearest float32 that no other such decimal has, so a scale that gives x gives what `widen` will find.
 */
export class Float4Check {
  private scale = 1

  keeps(x: number): boolean {
    const { scale } = this
    const digits = Math.round(x * scale)
    if (digits / scale === x && digits < 1e6 && digits > -1e6 && x !== 0) return true
    if (!keptByFloat4(x)) return false
    for (const wider of scales) {
      if (wider > scale && Math.round(x * wider) / wider === x) {
        this.scale = wider
        break
      }
    }
    return true
  }
}
