import type { FeatureValue, TrainingData } from '@/lib/event/types'
import { hashInt, hashStart, hashText, spread } from '@/lib/learn/inputs/hash'
import { tokenHashes, tokens } from '@/lib/learn/inputs/tokens'

/**
 * The patterns that a row bears, as 32-bit keys: its words, pairs of words at most three apart, exact values of its features, and pairs of values that
 * recur (texts, booleans, whole numbers). Words and neighbours have the keys that the learner hashes its inputs from (lib/learn/inputs/encode.ts).
 */
export interface Candidates {
  count: number
  key: Uint32Array
  /** Each key spread, for the tables. */
  hash: Uint32Array
  kind: Uint8Array
  /** Places of its one or two parts, among the words or the features; the second is `none` for a part alone. */
  first: Uint16Array
  second: Uint16Array
  words: readonly string[]
  /** Hash of each word, as in the learner. */
  word: Uint32Array
  /** Hash of its words in order. */
  text: number
  names: string[]
  values: FeatureValue[]
  value: Uint32Array
  /** Places of the values that recur: texts and booleans, then whole numbers. Their pairs are looked at. */
  recurring: number[]
}

export const kinds = { word: 0, phrase: 1, apart: 2, value: 3, pair: 4 } as const
export const none = 0xffff
/** Words between the two of a pair that is not a phrase, at most. */
const widestGap = 2
const mostWords = 400
const mostValues = 256
/** Of so many recurring values all pairs are looked at: of wider rows those of the first ones. */
const mostPaired = 12
export const mostCandidates = mostWords * (2 + widestGap) + mostValues + (mostPaired * (mostPaired - 1)) / 2

const apartSeed = 0x61c88647
const pairSeed = 0x2545f491
const longestValue = 60
const largestWhole = 10_000

// Bound once: an import that is asked for in a hot loop costs as much as the loop.
const [mix, stir, readWords, hashesOf] = [hashInt, spread, tokens, tokenHashes]
const { word: ofWord, phrase: ofPhrase, apart: ofApart, value: ofValue, pair: ofPair } = kinds

const begun = new Uint32Array(mostWords)
const found: Candidates = {
  count: 0,
  key: new Uint32Array(mostCandidates),
  hash: new Uint32Array(mostCandidates),
  kind: new Uint8Array(mostCandidates),
  first: new Uint16Array(mostCandidates),
  second: new Uint16Array(mostCandidates),
  words: [],
  word: new Uint32Array(mostWords),
  text: 0,
  names: [],
  values: [],
  value: new Uint32Array(mostValues),
  recurring: [],
}

/** @returns the row's candidates: one object, good until the next call. */
export function candidatesOf(row: Pick<TrainingData, 'text' | 'features'>): Candidates {
  found.count = 0
  found.words = row.text === undefined ? [] : readWords(row.text)
  if (row.text !== undefined) found.word.set(hashesOf(row.text).subarray(0, found.words.length))
  addWords()
  addValues(row.features)
  const { key, hash, count } = found
  for (let c = 0; c < count; c++) hash[c] = stir(key[c] as number)
  return found
}

/** Leaves the patterns of values alone. */
export function dropWords(row: Candidates): void {
  let kept = 0
  for (let c = 0; c < row.count; c++) {
    if ((row.kind[c] as number) < ofValue) continue
    row.key[kept] = row.key[c] as number
    row.hash[kept] = row.hash[c] as number
    row.kind[kept] = row.kind[c] as number
    row.first[kept] = row.first[c] as number
    row.second[kept++] = row.second[c] as number
  }
  row.count = kept
}

function addWords(): void {
  const { words, word, key, kind, first, second } = found
  const n = Math.min(mostWords, words.length)
  let text = hashStart
  for (let i = 0; i < n; i++) {
    text = mix(text, word[i] as number)
  }
  found.text = text
  key.set(word.subarray(0, n))
  for (let i = 0; i < n; i++) first[i] = i
  kind.fill(ofWord, 0, n)
  second.fill(none, 0, n)
  let at = n
  for (let i = 1; i < n; i++) {
    key[at] = mix(word[i - 1] as number, word[i] as number)
    kind[at] = ofPhrase
    first[at] = i - 1
    second[at++] = i
  }
  // All pairs with the same first word begin alike.
  for (let i = 0; i < n; i++) begun[i] = mix(apartSeed, word[i] as number)
  for (let gap = 1; gap <= widestGap; gap++)
    for (let i = gap + 1; i < n; i++) {
      key[at] = mix(begun[i - gap - 1] as number, word[i] as number)
      kind[at] = ofApart
      first[at] = i - gap - 1
      second[at++] = i
    }
  found.count = at
}

export const phraseKey = (first: number, second: number) => hashInt(first, second)
export const apartKey = (first: number, second: number) => hashInt(hashInt(apartSeed, first), second)
export const pairKey = (first: number, second: number) => hashInt(hashInt(pairSeed, first), second)

function addValues(features: TrainingData['features']): void {
  const { names, values, value, recurring } = found
  let n = 0
  let many = 0
  for (const name in features) {
    if (n >= mostValues) break
    const given = features[name] as FeatureValue
    names[n] = name
    values[n] = given
    value[n] = valueKey(nameKey(name), given)
    add(value[n] as number, ofValue, n, none)
    if (many < mostPaired && isName(given)) recurring[many++] = n
    n++
  }
  for (let v = 0; v < n && many < mostPaired; v++) if (isWhole(values[v])) recurring[many++] = v
  // To set a length takes its array anew, however short: rows are mostly as long as the one before.
  if (names.length !== n) names.length = values.length = n
  if (recurring.length !== many) recurring.length = many
  for (let p = 1; p < many; p++)
    for (let q = 0; q < p; q++) {
      const first = Math.min(recurring[p] as number, recurring[q] as number)
      const second = Math.max(recurring[p] as number, recurring[q] as number)
      add(mix(mix(pairSeed, value[first] as number), value[second] as number), ofPair, first, second)
    }
}

const isName = (value: FeatureValue) =>
  typeof value === 'boolean' || (typeof value === 'string' && value.length <= longestValue)
const isWhole = (value: FeatureValue | undefined) =>
  typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < largestWhole

const keys = new Map<string, number>()
const mostNames = 4096

function nameKey(name: string): number {
  let key = keys.get(name)
  if (key === undefined) {
    key = hashText(hashStart, name)
    if (keys.size < mostNames) keys.set(name, key)
  }
  return key
}

const bits = new Float64Array(1)
const halves = new Uint32Array(bits.buffer)

/** Texts and booleans as in the learner; numbers by their exact value. */
function valueKey(name: number, value: FeatureValue): number {
  if (typeof value !== 'number') return hashText(mix(name, typeof value === 'boolean' ? 0x6f : 0x3d), String(value))
  bits[0] = value
  return mix(mix(mix(name, 0x6e), halves[0] as number), halves[1] as number)
}

function add(key: number, kind: number, first: number, second: number): void {
  const at = found.count++
  found.key[at] = key
  found.kind[at] = kind
  found.first[at] = first
  found.second[at] = second
}
