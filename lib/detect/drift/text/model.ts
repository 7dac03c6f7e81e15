import { hashStart, hashText, spread } from '@/lib/learn/inputs/hash'
import { tokens } from '@/lib/learn/inputs/tokens'

/**
 * What the first half of a baseline's texts says of words: in how many texts each came, and how often, in hashed buckets. It is fixed then, and the
 * second half is measured by it: a vocabulary that goes on learning would find fewer and fewer new words (Heaps), one measured on its own rows too few.
 */
export interface TextModel {
  texts: number
  tokens: number
  /** By bucket: texts with the word, and its tokens. */
  inTexts: Uint16Array
  counts: Uint32Array
}

const buckets = 1 << 16
const most = 65_535
const bucketOf = (token: string): number => spread(hashText(hashStart, token)) & (buckets - 1)

/** Of a model without texts: half a megabyte that few models need. */
export const noTextModel = (): TextModel => ({
  texts: 0,
  tokens: 0,
  inTexts: new Uint16Array(0),
  counts: new Uint32Array(0),
})

export const startTextModel = (): TextModel => ({
  ...noTextModel(),
  inTexts: new Uint16Array(buckets),
  counts: new Uint32Array(buckets),
})

export function learnText(model: TextModel, text: string): void {
  const words = tokens(text)
  for (const word of words) {
    const b = bucketOf(word)
    model.counts[b] = (model.counts[b] as number) + 1
  }
  model.tokens += words.length
  model.texts++
  for (const word of new Set(words)) {
    const b = bucketOf(word)
    model.inTexts[b] = Math.min(most, (model.inTexts[b] as number) + 1)
  }
}

/** Share of the first texts that had this word, half a text added. */
export const shareOfTexts = (model: TextModel, word: string): number =>
  ((model.inTexts[bucketOf(word)] as number) + 0.5) / (model.texts + 1)

const projections = 8
/** What is measured of a text, in this order. */
export const textSeries: readonly string[] = [
  'length',
  'share of new words',
  'rarity of words',
  'share of digits and signs',
  ...Array.from({ length: projections }, (_, k) => `mix of words ${k + 1}`),
]

/**
 * Fills `out` by `textSeries`. The mix: signs ±1 drawn for each word by its hash, weighted by rarity, over the text's words; eight such sums see any
 * change of topic from eight directions.
 */
export function measureText(model: TextModel, text: string, out: Float64Array): void {
  const words = tokens(text)
  out.fill(0)
  out[0] = Math.log1p(text.length)
  let unseen = 0
  let rarity = 0
  let square = 0
  // Rarity among all tokens, by word: what is said once a word is worked out where it comes first.
  const rarities = new Map<string, number>()
  for (const word of words) {
    const known = rarities.get(word)
    if (known !== undefined) {
      rarity += known
      continue
    }
    const hash = spread(hashText(hashStart, word))
    const b = hash & (buckets - 1)
    const count = model.counts[b] as number
    const own = Math.log((model.tokens + 1) / (count + 0.5))
    rarities.set(word, own)
    rarity += own
    if (count === 0) unseen++
    const rare = Math.log((model.texts + 1) / ((model.inTexts[b] as number) + 0.5))
    square += rare * rare
    // The bucket has the low bits; the signs are drawn anew, so that they do not follow it.
    const signs = spread(hash ^ 0x5bd1e995)
    for (let k = 0; k < projections; k++) {
      const at = 4 + k
      out[at] = (out[at] as number) + (((signs >>> k) & 1) === 1 ? rare : -rare)
    }
  }
  const n = Math.max(1, words.length)
  out[1] = unseen / Math.max(1, rarities.size)
  out[2] = rarity / n
  out[3] = signsIn(text) / Math.max(1, text.length)
  const scale = square > 0 ? 1 / Math.sqrt(square) : 0
  for (let k = 0; k < projections; k++) out[4 + k] = (out[4 + k] as number) * scale
}

function signsIn(text: string): number {
  let signs = 0
  const end = Math.min(text.length, 20_000)
  for (let i = 0; i < end; i++) {
    const code = text.charCodeAt(i)
    if (code > 32 && code < 65) signs++
  }
  return signs
}

/** Words that came to many more of these texts than of the first ones, most convincing first. */
export function grownWords(
  model: TextModel,
  texts: readonly string[],
): { word: string; now: number; before: number }[] {
  const seen = new Map<string, number>()
  for (const text of texts) for (const word of new Set(tokens(text))) seen.set(word, (seen.get(word) ?? 0) + 1)
  const n = texts.length
  return [...seen]
    .filter(([word, times]) => times >= 3 && /[\p{L}\p{N}]/u.test(word))
    .map(([word, times]) => ({ word, now: times / n, before: shareOfTexts(model, word) }))
    .map((grown) => ({
      ...grown,
      nats: n * (grown.now * Math.log(grown.now / grown.before) - (grown.now - grown.before)),
    }))
    .filter((grown) => grown.now > grown.before && grown.nats > 8)
    .sort((a, b) => b.nats - a.nats || (a.word < b.word ? -1 : 1))
    .slice(0, 5)
    .map(({ word, now, before }) => ({ word, now, before }))
}
