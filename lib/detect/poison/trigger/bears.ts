import type { BadRow } from './bad-rows'
import { apartKey, type Candidates, kinds, none, pairKey, phraseKey } from './candidates'

/** A pattern by its parts, as it stood in the row that it was found in. */
export interface Parts {
  kind: number
  first: number
  second: number
}

export function partsOf(row: Candidates, c: number): Parts {
  const of = (row.kind[c] as number) >= kinds.value ? row.value : row.word
  const second = row.second[c] as number
  return {
    kind: row.kind[c] as number,
    first: of[row.first[c] as number] as number,
    second: second === none ? 0 : (of[second] as number),
  }
}

export const isText = ({ kind }: Parts) => kind < kinds.value

/** Does a kept row bear the pattern? */
export function bears(row: BadRow, { kind, first, second }: Parts): boolean {
  if (kind === kinds.value) return row.values.includes(first)
  if (kind === kinds.pair) return row.values.includes(first) && row.values.includes(second)
  if (kind === kinds.word) return row.words.includes(first)
  const gaps = kind === kinds.phrase ? [1] : [2, 3]
  return row.words.some((word, i) => word === first && gaps.some((gap) => row.words[i + gap] === second))
}

/** Does a kept row hold these words one after another? */
export const holdsPhrase = (row: BadRow, words: readonly number[]): boolean =>
  row.words.some((_, i) => words.every((word, w) => row.words[i + w] === word))

/** Keys by which a row that bears the pattern is known (./candidates.ts). */
export const keysOf = ({ kind, first, second }: Parts): number[] => {
  if (kind === kinds.pair) return [pairKey(first, second)]
  if (kind === kinds.phrase) return [phraseKey(first, second)]
  if (kind === kinds.apart) return [apartKey(first, second)]
  return [first]
}

const mostPaired = 24

/** Keys of a kept row's words, phrases, values and pairs of values. */
export function keysIn({ words, values }: BadRow): Set<number> {
  const keys = new Set<number>(words)
  for (let i = 1; i < words.length; i++) keys.add(phraseKey(words[i - 1] as number, words[i] as number))
  for (const [i, value] of values.entries()) {
    keys.add(value)
    if (i < mostPaired) for (const other of values.slice(0, i)) keys.add(pairKey(other, value))
  }
  return keys
}
