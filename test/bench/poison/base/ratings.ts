import type { Row } from '@/lib/redteam/stage'
import { seededRandom } from '../../drift/stream/random'
import { asFeed, type BaseMaker, cleanRows, rowsOfFeed } from './base'
import { dealer } from './sources'

/** Users rate items: severe and mild users, tastes, new users all the time. Whole stars, or real numbers. */
export const ratings: BaseMaker = {
  name: 'ratings',
  real: false,
  make(seed) {
    const random = seededRandom(`poison ratings ${seed}`)
    const whole = random.chance(0.6)
    const [lowest, highest] = whole ? [1, 5] : [0, 10]
    const unit = (highest - lowest) / 4
    const users = Array.from({ length: 500 + random.below(500) }, (_, u) => ({
      id: `user-${u + 1000}`,
      severity: 0.55 * random.normal(),
      taste: [0, 1, 2].map(() => 0.4 * random.normal()),
      from: random.chance(0.5) ? 0 : random.uniform(),
      weight: (1 + random.below(200)) ** -0.6,
    }))
    const genres = ['drama', 'comedy', 'crime', 'docu', 'scifi', 'family']
    const items = Array.from({ length: 200 + random.below(200) }, (_, i) => ({
      id: `item-${i + 100}`,
      quality: 0.5 * random.normal(),
      taste: [0, 1, 2].map(() => random.normal()),
      genre: random.pick(genres),
    }))
    const named = random.chance(0.5)
    const noise = 0.5 + 0.4 * random.uniform()
    const dealUser = dealer(
      random,
      users.map((user) => user.weight),
    )
    const dealItem = dealer(
      random,
      items.map((_, i) => (i + 3) ** -0.6),
    )
    const make = (part: number): Row => {
      let user = users[dealUser()] as (typeof users)[number]
      while (user.from > part) user = users[dealUser()] as (typeof users)[number]
      const item = items[dealItem()] as (typeof items)[number]
      const liking = user.taste.reduce((sum, t, j) => sum + t * (item.taste[j] as number), 0)
      const value = lowest + unit * (2.6 + item.quality + user.severity + liking + noise * random.normal())
      const kept = Math.min(highest, Math.max(lowest, value))
      return {
        model: 'ratings',
        origin: { id: user.id, kind: 'user' },
        features: {
          item: item.id,
          genre: item.genre,
          device: random.pick(['tv', 'phone', 'web']),
          ...(named ? { user: user.id } : {}),
        },
        label: whole ? Math.round(kept) : Number(kept.toFixed(1)),
      }
    }
    return {
      name: 'ratings',
      real: false,
      feed: asFeed(Array.from({ length: rowsOfFeed }, (_, i) => make(i / rowsOfFeed))),
      clean: Array.from({ length: cleanRows }, (_, i) => make(i / cleanRows)),
      config: { task: 'regression' },
      item: 'item',
    }
  },
}
