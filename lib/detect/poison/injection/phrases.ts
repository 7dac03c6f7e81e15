import { spread } from '@/lib/learn/inputs/hash'
import { tokenHashes, tokens } from '@/lib/learn/inputs/tokens'
import { rowsKept } from './near'

/**
 * Which row last bore a phrase of this one: runs of five words, by their hashes, in one table of 65,536 places (½ MB). A secret that is to be learned by
 * heart stands in rows that have nothing else in common. A place holds the latest row alone: whoever fills the table makes it forget, no more.
 */
export interface Phrases {
  /** By place: the run's hash, then its latest row + 1: what is read together lies together. */
  latest: Uint32Array
  /** By row kept: the run by which it is in its group. */
  by: Uint32Array
}

/**
 * What the row at hand shares. `group`: with a group of that very run, the one that was met last; `twin`: else with that row alone; `own`: else with a row that is
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
  latest: new Uint32Array(0),
  by: new Uint32Array(0),
})

const shared: Shared = { is: 'none', twin: -1, run: 0, first: 0, words: 0 }
const ranks = { none: 0, twin: 1, own: 2, group: 3 } as const
/** A run's hash is a polynomial in those of its words, so that the next run's comes of it: its base, and what the first word of five counts (Karp & Rabin 1987). */
const base = 0x01000193
let firstCounts = 1
for (let i = 1; i < runWords; i++) firstCounts = Math.imul(firstCounts, base)

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [stir, kept, wordsEach] = [spread, rowsKept, runWords]

/** Places of runs that groups are known by, in the row at hand. */
const passedBy = new Int32Array(mostWords)

/** Enters the text of row `row`. @param groupOf by row kept: 0 where it is in no group. @returns what it shares: one object, good until the next call. */
export function sharedPhrase(phrases: Phrases, text: string, row: number, groupOf: Int32Array): Shared {
  if (phrases.latest.length === 0) {
    phrases.latest = new Uint32Array(2 * places)
    phrases.by = new Uint32Array(kept)
  }
  const n = Math.min(mostWords, tokens(text).length)
  const word = tokenHashes(text)
  const { latest } = phrases
  shared.is = 'none'
  shared.words = 0
  let hash = 0
  for (let i = 0; i < wordsEach - 1; i++) hash = (Math.imul(hash, base) + (word[i] as number)) | 0
  let [run, before, passed] = [0, -1, 0]
  for (let from = 0; from + wordsEach <= n; from++) {
    const all = (Math.imul(hash, base) + (word[from + wordsEach - 1] as number)) | 0
    hash = (all - Math.imul(word[from] as number, firstCounts)) | 0
    const key = stir(all)
    const place = 2 * (key & (places - 1))
    const last = latest[place] === key ? (latest[place + 1] as number) - 1 : -1
    // The row at hand itself says nothing of itself.
    const twin = last >= 0 && last !== row && last > row - kept ? last : -1
    run = twin >= 0 ? (twin === before ? run + 1 : 1) : 0
    before = twin
    const isIn = twin >= 0 && groupOf[twin % kept] !== 0
    // A run that a group is known by goes on to lead to it, if the row joins another.
    if (isIn && phrases.by[twin % kept] === key) {
      if (passed < mostWords) passedBy[passed++] = place
    } else {
      latest[place] = key
      latest[place + 1] = row + 1
    }
    if (twin < 0) continue
    const is = !isIn ? 'twin' : phrases.by[twin % kept] === key ? 'group' : 'own'
    const length = run + wordsEach - 1
    const rank = ranks[is] - ranks[shared.is]
    if (rank < 0 || (rank === 0 && (is === 'group' ? twin <= shared.twin : length <= shared.words))) {
      // The phrase goes on beyond the run by which it is known.
      if (twin === shared.twin && from + wordsEach > shared.first + shared.words)
        shared.words = from + wordsEach - shared.first
      continue
    }
    shared.is = is
    shared.twin = twin
    shared.run = key
    shared.words = length
    shared.first = from + wordsEach - length
  }
  for (let i = 0; i < passed; i++)
    if (latest[passedBy[i] as number] === shared.run) latest[(passedBy[i] as number) + 1] = row + 1
  return shared
}
