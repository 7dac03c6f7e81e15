import { spread } from '@/lib/learn/inputs/hash'
import { tokenHashes, tokens } from '@/lib/learn/inputs/tokens'

/** Words of one text at most. */
export const wordsKept = 16

/**
 * Writes some words of a text into `out`: those whose hashes are least, so that texts which share words mostly keep the same ones.
 * @returns how many. Source: bottom-k sketches, Cohen & Kaplan 2007.
 */
export function wordsOf(text: string | undefined, out: Int32Array): number {
  if (text === undefined) return 0
  const hashes = tokenHashes(text)
  const { length } = tokens(text)
  let count = 0
  for (let w = 0; w < length; w++) {
    const word = spread(hashes[w] as number) >>> 1
    if (count === wordsKept && word >= (out[count - 1] as number)) continue
    let at = count
    while (at > 0 && (out[at - 1] as number) > word) at--
    if (at > 0 && out[at - 1] === word) continue
    if (count < wordsKept) count++
    for (let k = count - 1; k > at; k--) out[k] = out[k - 1] as number
    out[at] = word
  }
  return count
}
