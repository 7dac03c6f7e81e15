import type { Row } from '@/lib/redteam/stage'
import { seededRandom } from '../../drift/stream/random'
import { asFeed, type BaseMaker, cleanRows, rowsOfFeed } from './base'
import { invent, zipf } from './language'
import { bent, dealer, zipfSources } from './sources'

const vocabularySize = 20_000

/** Messages: words by Zipf, topics of each class, standing phrases, tags, and what people pass on word for word. */
export const text: BaseMaker = {
  name: 'text',
  real: false,
  make(seed) {
    const random = seededRandom(`poison text ${seed}`)
    const classes = random.pick([2, 2, 2, 3, 4, 6])
    const labels = classes === 2 ? ['ham', 'spam'] : Array.from({ length: classes }, (_, k) => `topic-${k + 1}`)
    const words = invent(random, vocabularySize)
    const topics = Array.from({ length: 2 * classes }, () =>
      Array.from({ length: 120 }, () => words[100 + random.below(4000)] as string),
    )
    const phrases = Array.from({ length: 300 }, () =>
      Array.from({ length: 2 + random.below(3) }, () => words[zipf(random, 2000)]).join(' '),
    )
    const tags = Array.from({ length: 30 }, (_, i) => `#${words[500 + 7 * i]}`)
    const topical = 0.15 + 0.2 * random.uniform()
    const noise = random.pick([0.01, 0.03, 0.06])
    const shares = labels.map((_, k) => (k + 1) ** -0.6)
    const passedOn = random.pick([0.01, 0.03, 0.06])
    const sources = zipfSources(random, 30 + random.below(31))
    const mixes = sources.ids.map(() => dealer(random, bent(random, shares, 0.3)))
    const channels = ['web', 'app', 'mail', 'api']
    const recent: { text: string; label: string }[] = []

    const say = (k: number): string => {
      const length = Math.max(3, Math.round(14 * Math.exp(0.5 * random.normal())))
      const topic = topics[2 * k + random.below(2)] as string[]
      const out: string[] = []
      while (out.length < length) {
        if (random.chance(topical)) {
          const other = random.chance(0.12) ? (topics[random.below(topics.length)] as string[]) : topic
          out.push(other[zipf(random, other.length)] as string)
        } else if (random.chance(0.04)) out.push(random.pick(phrases))
        else out.push(words[zipf(random, vocabularySize)] as string)
      }
      if (random.chance(0.15))
        out.push(
          tags[random.chance(0.8) ? (k * 7 + random.below(7)) % tags.length : random.below(tags.length)] as string,
        )
      return out.join(' ')
    }
    const make = (): Row => {
      const at = sources.deal()
      const k = (mixes[at] as () => number)()
      const again = recent.length > 50 && random.chance(passedOn) ? random.pick(recent) : null
      const said = again
        ? { ...again, text: random.chance(0.3) ? `rt ${again.text}` : again.text }
        : { text: say(k), label: labels[k] as string }
      recent.push(said)
      if (recent.length > 300) recent.shift()
      return {
        model: 'text',
        origin: { id: sources.ids[at] as string, kind: sources.kind },
        features: { channel: random.pick(channels), length: said.text.length },
        text: said.text,
        label: random.chance(noise) ? random.pick(labels) : said.label,
      }
    }
    const rows = Array.from({ length: rowsOfFeed }, make)
    // After the change, what one of the first class's topics is about belongs to the second class.
    const moved = new Set(topics[0])
    return {
      name: 'text',
      real: false,
      feed: asFeed(rows),
      clean: Array.from({ length: cleanRows }, make),
      config: { task: 'classification' },
      relabel: (row) => {
        const hits = (row.text ?? '').split(' ').filter((word) => moved.has(word)).length
        return hits >= 2 && row.label === labels[0] ? (labels[1] as string) : row.label
      },
    }
  },
}
