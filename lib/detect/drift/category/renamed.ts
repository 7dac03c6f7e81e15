/**
 * Were categories renamed rather than replaced by the world? A producer that changes its codes does it to whole values at once: known names come spelled
 * anew, or all known names are gone, or one is gone and one new name has its share.
 *
 * @param names of the codes; the last code has none.
 * @param expected, current counts by code, expected for as many rows as came.
 * @param strange the latest values that the baseline did not know.
 * @returns what was found, as the second half of a sentence; null when it looks like news.
 */
export function renamed(
  names: readonly string[],
  expected: Float64Array,
  current: Float64Array,
  strange: readonly string[],
): string | null {
  const n = current.reduce((a, b) => a + b, 0)
  const unknown = current[names.length] as number
  const usual = expected[names.length] as number
  if (unknown < 2 || strange.length === 0 || unknown < 2 * usual + 2) return null
  const known = new Map(names.map((name) => [plain(name), name]))
  const respelled = strange.filter((name) => known.has(plain(name)))
  if (respelled.length >= 2 && respelled.length > 0.8 * strange.length) {
    const now = respelled.at(-1) as string
    return `known values are spelled anew: "${known.get(plain(now))}" is "${now}"`
  }
  if (unknown === n && n >= fewestRows && usual < 0.5 * n)
    return 'every value since the onset is one that the baseline did not know'
  if (new Set(strange).size > 1) return null
  for (let c = 0; c < names.length; c++) {
    const lost = expected[c] as number
    if (current[c] !== 0 || lost < leastLost || Math.abs(unknown - usual - lost) > 2 * Math.sqrt(lost)) continue
    return `"${strange.at(-1)}" has the share of "${names[c]}", which is gone`
  }
  return null
}

const fewestRows = 3
/** Rows that a value must have been expected in, to be gone and not just absent: by chance once in four hundred. */
const leastLost = 6

/** Letters and digits alone, in one case. */
const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
