import type { Row } from '@/lib/redteam/stage'
import { seededRandom } from '../../drift/stream/random'
import { asFeed, type BaseMaker, cleanRows, rowsOfFeed } from './base'
import { invent, sayAbout, topicOf } from './language'
import { dealer } from './sources'

/**
 * Mail as it is: hundreds of senders, newsletters that are nearly the same each time, replies that quote what they answer, campaigns of spam that
 * last some days, work that comes by day.
 */
export const mail: BaseMaker = {
  name: 'mail',
  real: false,
  make(seed) {
    const random = seededRandom(`poison mail ${seed}`)
    const words = invent(random, 15_000)
    const about = Array.from({ length: 12 }, () => topicOf(random, words, 90))
    const lures = Array.from({ length: 8 }, () => topicOf(random, words, 60))
    const senders = Array.from({ length: 250 + random.below(200) }, (_, s) => ({
      id: `${random.pick(['ann', 'bob', 'sales', 'info', 'news', 'lee', 'kim', 'ops'])}${s}@${random.pick(['corp', 'shop', 'uni', 'home'])}.example`,
      kind: s % 9 === 0 ? 'newsletter' : s % 4 === 1 ? 'spammer' : 'person',
      topic: random.below(about.length),
      template: sayAbout(random, words, about[s % about.length] as string[], 30, 0.3),
      from: random.chance(0.6) ? 0 : random.uniform(),
    }))
    const noise = random.pick([0.005, 0.02])
    const deal = dealer(
      random,
      senders.map((_, s) => (s + 4) ** -0.8),
    )
    const said: string[] = []
    const make = (part: number): Row => {
      let sender = senders[deal()] as (typeof senders)[number]
      while (sender.from > part) sender = senders[deal()] as (typeof senders)[number]
      const length = Math.max(4, Math.round(25 * Math.exp(0.6 * random.normal())))
      let text: string
      let label = 'ham'
      if (sender.kind === 'spammer') {
        label = 'spam'
        // Every campaign has its time.
        const lure = lures[(Math.floor(part * 10) + sender.topic) % lures.length] as string[]
        text = `${sayAbout(random, words, lure, length, 0.35)} http ${random.pick(words)}`
      } else if (sender.kind === 'newsletter')
        text = `${sender.template} ${sayAbout(random, words, about[sender.topic] as string[], 6, 0.4)}`
      else {
        text = sayAbout(random, words, about[sender.topic] as string[], length, 0.25)
        if (said.length > 20 && random.chance(0.2)) text += ` > ${random.pick(said).slice(0, 120)}`
        said.push(text)
        if (said.length > 200) said.shift()
      }
      return {
        model: 'mail',
        origin: { id: sender.id, kind: 'sender' },
        features: {
          length: text.length,
          links: sender.kind === 'person' ? 0 : 1 + random.below(4),
          attached: random.chance(0.1),
        },
        segment: { mailbox: random.pick(['sales', 'support', 'private'], [4, 3, 2]) },
        text,
        label: random.chance(noise) ? (label === 'ham' ? 'spam' : 'ham') : label,
      }
    }
    return {
      name: 'mail',
      real: false,
      feed: asFeed(Array.from({ length: rowsOfFeed }, (_, i) => make(i / rowsOfFeed))),
      clean: Array.from({ length: cleanRows }, (_, i) => make(i / cleanRows)),
      config: { task: 'classification' },
    }
  },
}
