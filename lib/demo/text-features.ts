/** What a message looks like, beside its words. Shares are of all characters, 0 to 1. */
export function textFeatures(text: string): Record<string, number | boolean> {
  const length = text.length
  const share = (pattern: RegExp) => Number(((text.match(pattern)?.length ?? 0) / Math.max(1, length)).toFixed(4))
  return {
    length,
    words: text.split(/\s+/).filter(Boolean).length,
    caps: share(/\p{Lu}/gu),
    digits: share(/\d/g),
    currency: /[£$€]/.test(text),
  }
}
