import type { Row } from '@/lib/redteam/stage'
import { seededRandom } from '../../drift/stream/random'
import { asFeed, type BaseMaker, cleanRows, rowsOfFeed } from './base'
import { invent } from './language'
import { dealer } from './sources'

/** Words rated on a scale by workers who use it each in his own way: high or low, wide or narrow; the words come in batches. */
export const words: BaseMaker = {
  name: 'words',
  real: false,
  make(seed) {
    const random = seededRandom(`poison words ${seed}`)
    const scale = random.pick([7, 9, 100])
    const workers = Array.from({ length: 80 + random.below(120) }, (_, w) => ({
      id: `A${String(w + 7).padStart(4, '0')}`,
      shift: 0.1 * random.normal(),
      width: Math.exp(0.25 * random.normal()),
      noise: 0.08 + 0.12 * random.uniform(),
      random: random.chance(0.03),
      // A worker does most of his work in one stretch of days.
      middle: random.uniform(),
    }))
    const items = invent(random, 2500).map((word) => ({
      word,
      value: 0.5 + 0.18 * random.normal(),
      group: random.pick(['noun', 'verb', 'other']),
    }))
    const deal = dealer(
      random,
      workers.map((_, w) => (w + 5) ** -0.5),
    )
    const make = (part: number): Row => {
      let worker = workers[deal()] as (typeof workers)[number]
      while (random.chance(1 - 0.08 - 0.92 * Math.exp(-((part - worker.middle) ** 2) / 0.03)))
        worker = workers[deal()] as (typeof workers)[number]
      const batch = Math.floor(part * 25)
      const item = items[(batch * 100 + random.below(100)) % items.length] as (typeof items)[number]
      const value = worker.random
        ? random.uniform()
        : 0.5 + worker.shift + worker.width * (item.value - 0.5) + worker.noise * random.normal()
      return {
        model: 'words',
        origin: { id: 'mturk', kind: 'platform' },
        labeler: worker.id,
        features: { word: item.word, group: item.group, length: item.word.length },
        batch: `b-${batch}`,
        label: Math.round(1 + (scale - 1) * Math.min(1, Math.max(0, value))),
      }
    }
    return {
      name: 'words',
      real: false,
      feed: asFeed(Array.from({ length: rowsOfFeed }, (_, i) => make(i / rowsOfFeed))),
      clean: Array.from({ length: cleanRows }, (_, i) => make(i / cleanRows)),
      config: { task: 'regression' },
      // Who is noisier than four of five of his peers may be told so.
      careless: workers.filter((worker) => worker.random || worker.noise > 0.176).map((worker) => worker.id),
    }
  },
}
