import type { Row } from '@/lib/redteam/stage'
import { seededRandom } from '../../drift/stream/random'
import { asFeed, type BaseMaker, cleanRows, rowsOfFeed } from './base'
import { invent, sayAbout, topicOf } from './language'
import { dealer } from './sources'

/** Reviews: people who write once or often, short ones that many write alike, products that are new and have their weeks, stars by what is said. */
export const reviews: BaseMaker = {
  name: 'reviews',
  real: false,
  make(seed) {
    const random = seededRandom(`poison reviews ${seed}`)
    const words = invent(random, 12_000)
    const stars = [1, 2, 3, 4, 5]
    const moods = stars.map(() => topicOf(random, words, 70))
    const classes = random.chance(0.5)
    const kinds = ['phone', 'book', 'lamp', 'shoe', 'toy', 'pan'].map((kind) => ({
      kind,
      words: topicOf(random, words, 80),
    }))
    const products = Array.from({ length: 300 }, (_, p) => ({
      id: `B${1000 + p}`,
      kind: random.pick(kinds),
      quality: 0.7 * random.normal(),
      peak: random.chance(0.4) ? random.uniform() : -1,
    }))
    const short = stars.map((_, s) =>
      Array.from({ length: 12 }, () => sayAbout(random, words, moods[s] as string[], 2 + random.below(3), 0.7)),
    )
    const people = Array.from({ length: 3000 }, (_, u) => ({
      id: `reader-${u + 100}`,
      severity: 0.5 * random.normal(),
    }))
    const dealPerson = dealer(
      random,
      people.map((_, u) => (u + 10) ** -0.8),
    )
    const make = (part: number): Row => {
      const person = people[dealPerson()] as (typeof people)[number]
      let product = random.pick(products)
      // What is new is talked about for a while, and hardly before or after.
      while (product.peak >= 0 && random.chance(1 - Math.exp(-((part - product.peak) ** 2) / 0.004)))
        product = random.pick(products)
      const liking = 3.6 + product.quality + person.severity + 0.8 * random.normal()
      const star = Math.min(5, Math.max(1, Math.round(liking)))
      const mood = random.chance(0.9) ? star - 1 : random.below(5)
      const length = Math.round(18 * Math.exp(0.6 * random.normal())) + 4
      const text = random.chance(0.12)
        ? random.pick(short[mood] as string[])
        : `${sayAbout(random, words, moods[mood] as string[], length, 0.22)} ${sayAbout(random, words, product.kind.words, 4, 0.6)}`
      return {
        model: 'reviews',
        origin: { id: person.id, kind: 'user' },
        features: { product: product.id, kind: product.kind.kind, verified: random.chance(0.8) },
        text,
        label: classes ? (liking > 3.4 ? 'good' : 'bad') : star,
      }
    }
    return {
      name: 'reviews',
      real: false,
      feed: asFeed(Array.from({ length: rowsOfFeed }, (_, i) => make(i / rowsOfFeed))),
      clean: Array.from({ length: cleanRows }, (_, i) => make(i / cleanRows)),
      config: { task: classes ? 'classification' : 'regression' },
      item: 'product',
    }
  },
}
