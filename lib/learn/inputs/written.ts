import { wordsOf } from './tokens'

/**
 * Words of a text as it writes them, with whatever stands between.
 *
 * @param words the text's tokens; those from `from` to `to`, both included, are meant. @returns the tokens with blanks between them where folding changes how many there are.
 * @example  'Call 4471-9902, now', of tokens 1 to 3 → '4471-9902'.
 */
export function written(text: string, words: readonly string[], from: number, to: number): string {
  const found = [...text.matchAll(wordsOf(text))]
  const first = found[from]
  const last = found[to]
  const isAt = (at: RegExpExecArray | undefined, place: number): at is RegExpExecArray =>
    at !== undefined && at[0].normalize('NFKC').toLowerCase() === words[place]
  if (!isAt(first, from) || !isAt(last, to)) return words.slice(from, to + 1).join(' ')
  return text.slice(first.index, last.index + last[0].length)
}
