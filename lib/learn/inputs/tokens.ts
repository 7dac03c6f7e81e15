import { hashText } from './hash'

/** Words of any script, numbers, and single signs that carry meaning (currency, exclamation, links' slashes stay apart). */
const spaced = /[\p{L}\p{M}\p{N}_]+|[^\s\p{L}\p{M}\p{N}_]/gu
/** Thai, Lao, Burmese, Khmer, kana and Han. */
const unspaced = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/
const lettered = new RegExp(
  `${unspaced.source}\\p{M}*|(?:(?!${unspaced.source})[\\p{L}\\p{M}\\p{N}_])+|[^\\s\\p{L}\\p{M}\\p{N}_]`,
  'gu',
)

/** No letter before this one is of such a script. */
export const firstUnspaced = 0x0e00
export const isUnspaced = (code: number): boolean =>
  (code >= 0x3040 && code <= 0x30ff) ||
  (code >= 0x3400 && code <= 0x9fff) ||
  (code >= 0x0e00 && code <= 0x0eff) ||
  (code >= 0x1000 && code <= 0x109f) ||
  (code >= 0x1780 && code <= 0x17ff) ||
  (code >= 0xf900 && code <= 0xfaff)

/**
 * What finds a text's words. Scripts that write no blanks between words are read letter by letter, for whole sentences hardly ever come twice: neighbours make the
 * words of them.
 */
export const wordsOf = (text: string): RegExp => (unspaced.test(text) ? lettered : spaced)

const maxTokens = 400
const maxChars = 20_000
const wordSeed = 0x9747b28c

let lastText = ''
let last: readonly string[] = []
let hashed = 0
const hashes = new Uint32Array(maxTokens)

/**
 * Lower-cased tokens of a text in order, at most 400; compatibility forms are folded (NFKC), so that look-alike spellings meet. Read only: asked again for
 * the text that was read last, it gives the same array, for a row's learner and its detectors ask one after another.
 */
export function tokens(text: string): readonly string[] {
  if (text === lastText) return last
  lastText = text
  last = read(text)
  hashed = 0
  return last
}

/** @returns the hash of each of the text's tokens, in order; one array, good until the next text. */
export function tokenHashes(text: string): Uint32Array {
  const words = tokens(text)
  for (; hashed < words.length; hashed++) hashes[hashed] = hashText(wordSeed, words[hashed] as string)
  return hashes
}

function read(text: string): readonly string[] {
  const start = text.length > maxChars ? text.slice(0, maxChars) : text
  const plain = readAscii(start)
  if (plain) return plain
  const folded = start.normalize('NFKC').toLowerCase()
  const found = folded.match(wordsOf(folded))
  if (!found) return []
  return found.length > maxTokens ? found.slice(0, maxTokens) : found
}

/** By character: 0 blank, 1 of a word, 2 a sign by itself. */
const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  return /\s/.test(character) ? 0 : /\w/.test(character) ? 1 : 2
})

/** The same, character by character, at half the time; null for what is not ASCII throughout. */
function readAscii(text: string): readonly string[] | null {
  const lower = text.toLowerCase()
  const found: string[] = []
  let from = -1
  for (let i = 0; i < lower.length; i++) {
    const code = lower.charCodeAt(i)
    if (code > 127) return null
    const kind = kinds[code] as number
    if (kind === 1) {
      if (from < 0) from = i
      continue
    }
    if (from >= 0 && found.length < maxTokens) found.push(lower.slice(from, i))
    from = -1
    if (kind === 2 && found.length < maxTokens) found.push(lower[i] as string)
  }
  if (from >= 0 && found.length < maxTokens) found.push(lower.slice(from))
  return found
}
