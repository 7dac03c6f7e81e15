import { explode } from '@/lib/redteam/explode'
import { flipLabels } from '@/lib/redteam/flip'
import type { Attack, Told } from './attack'
import { accounts, classesOf, hire, labelersOf, near, onsetOf, spreadOf } from './cast'

/** Rows that the attack has to touch at least, to be worth asking for. */
const fewest = 20

interface Source {
  readonly share: number
  readonly strength: number
  readonly oneWay?: boolean
  readonly birth?: boolean
}

const bySource = (name: string, { share, strength, oneWay = false, birth = false }: Source): Attack => ({
  name,
  honest: false,
  play(base, seed, random) {
    const hired = hire(base, share, seed)
    if (!hired) return null
    const to = oneWay ? classesOf(base).at(-1) : undefined
    const by = oneWay ? 1.5 * spreadOf(base) : undefined
    const how = to !== undefined ? { to } : by !== undefined && !Number.isNaN(by) ? { by } : {}
    const act = flipLabels({ origin: hired.origin, onset: birth ? 0 : onsetOf(random), strength, ...how })
    const { feed, truth } = act(hired.feed, seed)
    if (truth.eventIds.length < fewest) return null
    const told: Told = {
      origins: [hired.origin],
      ...(to === undefined ? {} : { label: to }),
      ways: [{ kinds: ['poison.label_flip', ...(oneWay ? (['poison.targeted'] as const) : [])], by: ['origin'] }],
      rows: truth.eventIds,
    }
    return { feed, told }
  },
})

const byLabeler = (name: string, share: number, strength: number): Attack => ({
  name,
  honest: false,
  play(base, seed, random) {
    const workers = labelersOf(base.feed)
    if (workers.length < 5) return null
    const bad = new Set(base.careless ?? [])
    const skilled = workers.filter(([id]) => !bad.has(id))
    const labeler = near(skilled, base.feed.length, share) ?? skilled[2]?.[0]
    if (labeler === undefined) return null
    const { feed, truth } = flipLabels({ labeler, onset: onsetOf(random), strength })(base.feed, seed)
    if (truth.eventIds.length < fewest) return null
    const ways: Told['ways'] = [{ kinds: ['poison.label_flip'], by: ['labeler'] }]
    return { feed, told: { labelers: [labeler], ways, rows: truth.eventIds } }
  },
})

const exploding: Attack = {
  name: 'flip-exploding',
  honest: false,
  play(base, seed, random) {
    const [fresh = ''] = accounts(base, 1, seed)
    const hired = random.chance(0.5) ? hire(base, 0.005, seed) : { feed: base.feed, origin: fresh }
    if (!hired) return null
    const rows = Math.round(0.06 * base.feed.length)
    const { feed, truth } = explode({ onset: onsetOf(random), rows, origin: hired.origin, span: 0.1 })(hired.feed, seed)
    const ways: Told['ways'] = [
      { kinds: ['poison.label_flip', 'poison.injection', 'poison.availability'], by: ['origin'] },
    ]
    return { feed, told: { origins: [hired.origin], ways, rows: truth.eventIds } }
  },
}

/** Labels turned by one source or one labeler, from a trickle to all of its rows. */
export const flips: readonly Attack[] = [
  bySource('flip-2%', { share: 0.02, strength: 1 }),
  bySource('flip-0.5%', { share: 0.005, strength: 1 }),
  bySource('flip-0.3%', { share: 0.003, strength: 1 }),
  bySource('flip-third-5%', { share: 0.05, strength: 0.3 }),
  bySource('flip-third-1%', { share: 0.012, strength: 0.3 }),
  bySource('flip-one-way-3%', { share: 0.03, strength: 0.8, oneWay: true }),
  bySource('flip-birth-3%', { share: 0.03, strength: 1, birth: true }),
  byLabeler('flip-labeler', 0.03, 1),
  byLabeler('flip-labeler-half', 0.03, 0.5),
  exploding,
]
