import { hashInt, hashStart, hashText, spread } from '@/lib/learn/inputs/hash'
import { tokens } from '@/lib/learn/inputs/tokens'
import { rowsKept } from './near'

/**
 * Which row last bore a phrase of this one: runs of five words, by their hashes, in one table of 65,536 places (½ MB). A secret that is to be learned by
 * heart stands in rows that have nothing else in common. A place holds the latest row alone: whoever fills the table makes it forget, no more.
 */
export interface Phrases {
  /** By place: the run's hash, and its latest row + 1. */
  hash: Uint32Array
  row: Float64Array
  /** By row kept: the run by which it is in its group. */
  by: Uint32Array
}

/**
 * What the row at hand shares. `group`: with a group of that very run, the largest there is; `twin`: else with that row alone; `own`: else with a row that is
 * in a group for another phrase, so that it begins one.
 */
export interface Shared {
  is: 'group' | 'own' | 'twin' | 'none'
  twin: number
  run: number
  /** The phrase: its first word among the row's, and how many. */
  first: number
  words: number
}

export const runWords = 5
const places = 1 << 16
const mostWords = 120

export const startPhrases = (): Phrases => ({
  hash: new Uint32Array(0),
  row: new Float64Array(0),
  by: new Uint32Array(0),
})

const shared: Shared = { is: 'none', twin: -1, run: 0, first: 0, words: 0 }
const ranks = { none: 0, twin: 1, own: 2, group: 3 } as const
const word = new Uint32Array(mostWords)

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [hashOf, mix, stir, start, kept] = [hashText, hashInt, spread, hashStart, rowsKept]

/** Enters the text of row `row`. @param groupOf by row kept: 0 where it is in no group. @returns what it shares: one object, good until the next call. */
export function sharedPhrase(phrases: Phrases, text: string, row: number, groupOf: Int32Array): Shared {
  if (phrases.row.length === 0) {
    phrases.hash = new Uint32Array(places)
    phrases.row = new Float64Array(places)
    phrases.by = new Uint32Array(kept)
  }
  const words = tokens(text)
  const n = Math.min(mostWords, words.length)
  for (let i = 0; i < n; i++) word[i] = hashOf(start, words[i] as string)
  shared.is = 'none'
  shared.words = 0
  let [run, before] = [0, -1]
  for (let from = 0; from + runWords <= n; from++) {
    let key = start
    for (let i = from; i < from + runWords; i++) key = mix(key, word[i] as number)
    key = stir(key)
    const place = key & (places - 1)
    const last = phrases.hash[place] === key ? (phrases.row[place] as number) - 1 : -1
    phrases.hash[place] = key
    phrases.row[place] = row + 1
    // The row at hand itself says nothing of itself.
    const twin = last >= 0 && last !== row && last > row - kept ? last : -1
    run = twin >= 0 ? (twin === before ? run + 1 : 1) : 0
    before = twin
    if (twin < 0) continue
    const isIn = groupOf[twin % kept] !== 0
    const is = !isIn ? 'twin' : phrases.by[twin % kept] === key ? 'group' : 'own'
    const length = run + runWords - 1
    const rank = ranks[is] - ranks[shared.is]
    if (rank < 0 || (rank === 0 && (length <= shared.words || is === 'group'))) {
      // The phrase goes on beyond the run by which it is known.
      if (twin === shared.twin && from + runWords > shared.first + shared.words)
        shared.words = from + runWords - shared.first
      continue
    }
    shared.is = is
    shared.twin = twin
    shared.run = key
    shared.words = length
    shared.first = from + runWords - length
  }
  return shared
}
