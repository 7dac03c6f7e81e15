/** Words of any script, numbers, and single signs that carry meaning (currency, exclamation, links' slashes stay apart). */
const word = /[\p{L}\p{M}\p{N}_]+|[^\s\p{L}\p{M}\p{N}_]/gu
const maxTokens = 400
const maxChars = 20_000

let lastText = ''
let last: readonly string[] = []

/**
 * Lower-cased tokens of a text in order, at most 400; compatibility forms are folded (NFKC), so that look-alike spellings meet. Read only: asked again for
 * the text that was read last, it gives the same array, for a row's learner and its detectors ask one after another.
 */
export function tokens(text: string): readonly string[] {
  if (text === lastText) return last
  lastText = text
  last = read(text)
  return last
}

function read(text: string): readonly string[] {
  const folded = (text.length > maxChars ? text.slice(0, maxChars) : text).normalize('NFKC').toLowerCase()
  const found = folded.match(word)
  if (!found) return []
  return found.length > maxTokens ? found.slice(0, maxTokens) : found
}
