import type { Random } from '../../drift/stream/random'

const syllables =
  'ba be bi bo ca ce co da de di do fa fe fi fo ga ge la le li lo ma me mi mo na ne ni no pa pe pi po ra re ri ro sa se si so ta te ti to va ve vi zu'.split(
    ' ',
  )

/** An invented language: shorter words first, no word twice. */
export function invent(random: Random, count: number): string[] {
  const words = new Set<string>()
  while (words.size < count) {
    const length = 1 + random.below(2 + Math.min(3, Math.floor(words.size / 1500)))
    words.add(Array.from({ length }, () => random.pick(syllables)).join(''))
  }
  return [...words]
}

/** The place of a word by Zipf's law: 0 is the most frequent. */
export const zipf = (random: Random, count: number) =>
  Math.min(count - 1, Math.floor(Math.exp(random.uniform() * Math.log(count + 1)) - 1))

/** Words about a topic among words that everybody uses. */
export function sayAbout(
  random: Random,
  words: readonly string[],
  topic: readonly string[],
  length: number,
  topical: number,
): string {
  return Array.from({ length }, () =>
    random.chance(topical) ? topic[zipf(random, topic.length)] : words[zipf(random, words.length)],
  ).join(' ')
}

/** Some of the mid-frequency words. */
export const topicOf = (random: Random, words: readonly string[], count: number): string[] =>
  Array.from({ length: count }, () => words[60 + random.below(Math.min(4000, words.length - 60))] as string)
