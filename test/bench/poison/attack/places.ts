import { degradeAll } from '@/lib/redteam/availability'
import { collide } from '@/lib/redteam/clean-label'
import { boilSlowly } from '@/lib/redteam/slow'
import { pullOnePopulation } from '@/lib/redteam/targeted'
import type { Base } from '../base/base'
import { isNumeric } from '../base/base'
import type { Attack, Told } from './attack'
import { accounts, anyOf, classesOf, dealt, hire, onsetOf, originsOf, places as placesOf, spreadOf } from './cast'

const fewest = 25
const pushed = (base: Base) =>
  isNumeric(base.feed) ? { by: 1.5 * spreadOf(base) } : { to: classesOf(base).at(-1) as string }
const label = (base: Base) => (isNumeric(base.feed) ? {} : { label: classesOf(base).at(-1) as string })

const targetedByOne: Attack = {
  name: 'targeted-one',
  honest: false,
  play(base, seed, random) {
    const where = anyOf(random, placesOf(base, 0.08, 0.35))
    const hired = hire(base, 0.06, seed)
    if (!where || !hired) return null
    const act = pullOnePopulation({
      origins: [hired.origin],
      where,
      onset: onsetOf(random),
      strength: 0.95,
      ...pushed(base),
    })
    const { feed, truth } = act(hired.feed, seed)
    if (truth.eventIds.length < fewest) return null
    const ways: Told['ways'] = [
      { kinds: ['poison.targeted', 'poison.label_flip'], by: ['origin'] },
      { kinds: ['poison.targeted'], by: ['place'] },
    ]
    return { feed, told: { origins: [hired.origin], place: where, ...label(base), ways, rows: truth.eventIds } }
  },
}

const targetedByMany: Attack = {
  name: 'targeted-many',
  honest: false,
  play(base, seed, random) {
    const where = anyOf(random, placesOf(base, 0.03, 0.15))
    const all = originsOf(base.feed)
    if (!where || all.length < 8) return null
    // A third of the sources: seen by nobody in particular, and the others still say what is right.
    const origins = all.filter((_, i) => i % 3 === 1).map(([id]) => id)
    const act = pullOnePopulation({ origins, where, onset: onsetOf(random), strength: 0.8, ...pushed(base) })
    const { feed, truth } = act(base.feed, seed)
    if (truth.eventIds.length < fewest) return null
    const ways: Told['ways'] = [{ kinds: ['poison.targeted'], by: ['place'] }]
    return { feed, told: { origins, place: where, ...label(base), ways, rows: truth.eventIds } }
  },
}

const availability = (name: string, part: number, strength: number): Attack => ({
  name,
  honest: false,
  play(base, seed, random) {
    const all = originsOf(base.feed)
    if (all.length < 8) return null
    const origins = all.filter(() => random.chance(part)).map(([id]) => id)
    const { feed, truth } = degradeAll({ origins, onset: onsetOf(random), strength })(base.feed, seed)
    if (truth.eventIds.length < fewest) return null
    const ways: Told['ways'] = [{ kinds: ['poison.availability'], by: [] }]
    return { feed, told: { origins, ways, rows: truth.eventIds } }
  },
})

const slowly: Told['ways'] = [{ kinds: ['poison.slow', 'poison.label_flip'], by: ['origin'] }]

const slowVendor: Attack = {
  name: 'slow-vendor',
  honest: false,
  play(base, seed, random) {
    const hired = hire(base, 0.06, seed)
    if (!hired) return null
    const act = boilSlowly({
      origins: [hired.origin],
      onset: 0.3 + 0.1 * random.uniform(),
      strength: 0.9,
      ...pushed(base),
    })
    const { feed, truth } = act(hired.feed, seed)
    if (truth.eventIds.length < fewest) return null
    return { feed, told: { origins: [hired.origin], ...label(base), ways: slowly, rows: truth.eventIds } }
  },
}

const slowSybils: Attack = {
  name: 'slow-sybils',
  honest: false,
  play(base, seed, random) {
    if (originsOf(base.feed).length < 8) return null
    const origins = accounts(base, 30, seed)
    const feed = dealt(base.feed, origins, 0.25, 0.08, seed)
    const staged = boilSlowly({ origins, onset: 0.35 + 0.1 * random.uniform(), strength: 0.9, ...pushed(base) })(
      feed,
      seed,
    )
    const ways: Told['ways'] = [{ kinds: ['poison.slow', 'poison.label_flip', 'poison.availability'], by: ['origin'] }]
    return { feed: staged.feed, told: { origins, ...label(base), ways, rows: staged.truth.eventIds } }
  },
}

const cleanLabel: Attack = {
  name: 'clean-label',
  honest: false,
  play(base, seed, random) {
    const row = base.feed[0]?.data
    const numbers = Object.values(row?.features ?? {}).filter((value) => typeof value === 'number').length
    const hired = hire(base, 0.04, seed)
    if (!row || !hired || isNumeric(base.feed) || (!row.embedding && (row.text !== undefined || numbers < 4)))
      return null
    const [near, from] = classesOf(base) as [string, string]
    const act = collide({ origin: hired.origin, label: from, near, part: 0.85, onset: onsetOf(random), strength: 0.9 })
    const { feed, truth } = act(hired.feed, seed)
    if (truth.eventIds.length < fewest) return null
    const ways: Told['ways'] = [
      { kinds: ['poison.clean_label', 'poison.label_flip', 'poison.injection'], by: ['origin'] },
    ]
    return { feed, told: { origins: [hired.origin], label: from, ways, rows: truth.eventIds } }
  },
}

/** Places pulled to a label, everything made worse, what goes slowly, and right labels on crafted rows. */
export const placed: readonly Attack[] = [
  targetedByOne,
  targetedByMany,
  availability('availability-third', 0.33, 0.5),
  availability('availability-few', 0.15, 0.8),
  slowVendor,
  slowSybils,
  cleanLabel,
]
