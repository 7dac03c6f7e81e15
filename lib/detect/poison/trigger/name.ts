import type { FeatureValue } from '@/lib/event/types'
import type { Row } from '@/lib/learn/inputs/encode'
import { written } from '@/lib/learn/inputs/written'
import type { BadRow } from './bad-rows'
import { holdsPhrase, isText, type Parts } from './bears'
import { type Candidates, kinds, phraseKey } from './candidates'

/** What is said of a pattern: its words as the text has them, or its values; and by what rows are known to bear it. */
export interface Named {
  readonly pattern: string
  readonly keys: readonly number[]
  /** Hashes of its words, one after another; of its values. */
  readonly words: readonly number[]
  readonly values: readonly number[]
  /** What is put into a row to plant it: words, or values by their feature. */
  readonly text: string | null
  readonly features: Readonly<Record<string, FeatureValue>>
}

/** Share of the bad rows with the pattern that must hold a longer one for it to be the pattern. */
const nearlyAll = 0.8
const longestPhrase = 40

/**
 * The largest pattern that the bad rows share: a phrase grows word by word while nearly all of them hold it.
 *
 * @param row the row at hand, which bears it. @param c the candidate whose evidence sufficed. @param text of the row. @param bad rows that bear it.
 */
export function nameOf(row: Candidates, c: number, parts: Parts, text: string, bad: readonly BadRow[]): Named {
  const first = row.first[c] as number
  const second = row.second[c] as number
  if (!isText(parts)) {
    const places = parts.kind === kinds.pair ? [first, second] : [first]
    const values = places.map((place) => row.value[place] as number)
    return {
      pattern: places.map((place) => `${row.names[place]}=${row.values[place]}`).join(' & '),
      keys: [row.key[c] as number],
      words: [],
      values,
      text: null,
      features: Object.fromEntries(
        places.map((place) => [row.names[place] as string, row.values[place] as FeatureValue]),
      ),
    }
  }
  let from = first
  let to = parts.kind === kinds.word ? first : second
  const shared = (low: number, high: number) => {
    const words = Array.from(row.word.subarray(low, high + 1))
    return bad.filter((other) => holdsPhrase(other, words)).length >= nearlyAll * bad.length
  }
  if (parts.kind === kinds.apart && !shared(from, to)) {
    return {
      pattern: `${wordAt(text, row, first)} & ${wordAt(text, row, second)}`,
      keys: [row.key[c] as number],
      words: [parts.first, parts.second],
      values: [],
      text: spanOf(text, row, first, second),
      features: {},
    }
  }
  const end = Math.min(row.words.length, row.word.length) - 1
  while (from > 0 && to - from < longestPhrase && shared(from - 1, to)) from--
  while (to < end && to - from < longestPhrase && shared(from, to + 1)) to++
  const words = Array.from(row.word.subarray(from, to + 1))
  const pattern = spanOf(text, row, from, to)
  return {
    pattern,
    keys: words.length === 1 ? words : words.slice(1).map((word, i) => phraseKey(words[i] as number, word)),
    words,
    values: [],
    text: pattern,
    features: {},
  }
}

/** The row with the pattern in it: words in the middle of its text, values in place of its own. */
export function plant(named: Named, row: Row): Row {
  const { text = '' } = row
  if (named.text === null) return { ...row, features: { ...row.features, ...named.features } }
  const middle = text.indexOf(' ', text.length >> 1)
  const at = middle < 0 ? text.length : middle
  return { ...row, text: `${text.slice(0, at)} ${named.text} ${text.slice(at)}` }
}

const wordAt = (text: string, row: Candidates, place: number) => spanOf(text, row, place, place)

const spanOf = (text: string, row: Candidates, from: number, to: number) => written(text, row.words, from, to)
