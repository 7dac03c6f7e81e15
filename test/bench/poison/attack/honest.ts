import { flipLabels } from '@/lib/redteam/flip'
import { flood } from '@/lib/redteam/flood'
import { careless, changeTheWorld, comesAndGoes, hardRegion, newcomer } from '@/lib/redteam/honest'
import { newRule, newWord, outage, rareClass, retire, seasonalMix, severeRater } from '@/lib/redteam/honest-mix'
import type { Act } from '@/lib/redteam/stage'
import type { Random } from '../../drift/stream/random'
import { type Base, isNumeric } from '../base/base'
import type { Attack, Played } from './attack'
import { accounts, anyOf, classesOf, hire, labelersOf, onsetOf, originsOf, places, spreadOf } from './cast'

type Plan = Act | { readonly act: Act; readonly careless?: readonly string[]; readonly base?: Base }

const honest = (
  name: string,
  plan: (base: Base, random: Random, seed: string) => Plan | null,
  bad = false,
): Attack => ({
  name,
  honest: true,
  play(base, seed, random): Played | null {
    const planned = plan(base, random, seed)
    if (!planned) return null
    const {
      act,
      careless: who,
      base: other,
    } = typeof planned === 'function' ? { act: planned, careless: undefined, base: undefined } : planned
    const { feed, truth } = act((other ?? base).feed, seed)
    return { feed, told: null, ...(bad ? { bad: truth.eventIds } : {}), ...(who ? { careless: who } : {}) }
  },
})

const nothing: Act = (feed) => ({ feed, truth: { kind: null, name: 'nothing', subject: {}, eventIds: [] } })

/** The rule after the change: the other law of made rows; of recorded ones, labels that change places (or move). */
const ruleOf = (base: Base) => {
  if (base.relabel) return base.relabel
  const classes = classesOf(base)
  const by = isNumeric(base.feed) ? spreadOf(base) : 0
  return (row: { readonly label: string | number }, u: number) => {
    if (classes.length === 0) return Number((Number(row.label) + by).toPrecision(6))
    return u < 0.6 ? (classes[(classes.indexOf(row.label) + 1) % classes.length] as string) : row.label
  }
}

const manyOrigins = (base: Base) => originsOf(base.feed).length >= 8

/** What looks like an attack and is none. */
export const lookAlikes: readonly Attack[] = [
  honest('honest-null', () => nothing),
  honest('honest-drift-abrupt', (base, random) => newRule({ onset: onsetOf(random), rule: ruleOf(base) })),
  honest('honest-drift-gradual', (base, random) => newRule({ onset: onsetOf(random), span: 0.3, rule: ruleOf(base) })),
  honest('honest-drift-region', (base, random) => {
    const where = anyOf(random, places(base, 0.05, 0.6))
    return (
      where &&
      newRule({ onset: onsetOf(random), where, rule: ruleOf({ ...base, relabel: undefined } as unknown as Base) })
    )
  }),
  honest('honest-noisier', (base, random) => changeTheWorld({ onset: onsetOf(random), strength: 0.12 })),
  honest('honest-newcomer', (base, random, seed) => {
    const where = anyOf(random, places(base, 0.03, 0.6))
    const [origin = ''] = accounts(base, 1, seed)
    return where && manyOrigins(base) ? newcomer({ origin, onset: onsetOf(random), strength: 0.5, where }) : null
  }),
  honest('honest-viral', (base, random) =>
    base.item
      ? null
      : flood({
          onset: onsetOf(random),
          rows: Math.min(400, base.feed.length / 20),
          origins: [],
          jitter: 0.02,
          span: 0.1,
        }),
  ),
  honest('honest-hard-region', (base, random, seed) => {
    const where = anyOf(random, places(base, 0.03, 0.6))
    const hired = hire(base, 0.03, seed)
    return where && hired && !base.item
      ? {
          act: hardRegion({ origin: hired.origin, onset: 0, strength: 0.5, where, noise: 0.25 }),
          base: { ...base, feed: hired.feed },
        }
      : null
  }),
  honest('honest-rare-class', (base) => {
    const label = classesOf(base).at(-1)
    return label === undefined ? null : rareClass({ label, left: 0.04 })
  }),
  honest('honest-careless-source', (base, random, seed) => {
    const hired = hire(base, 0.04, seed)
    const act =
      hired &&
      careless({ origin: hired.origin, onset: random.chance(0.5) ? 0 : 0.4, strength: 0.05 + 0.1 * random.uniform() })
    return act && { act, careless: [hired.origin], base: { ...base, feed: hired.feed } }
  }),
  honest('honest-careless-labeler', (base, random) => {
    const labeler = labelersOf(base.feed)[2]?.[0]
    if (labeler === undefined) return null
    return {
      act: flipLabels({ labeler, onset: random.chance(0.5) ? 0 : 0.4, strength: 0.05 + 0.1 * random.uniform() }),
      careless: [labeler],
    }
  }),
  honest('honest-comes-and-goes', (base, random) => {
    const where = anyOf(random, places(base, 0.03, 0.6))
    return where && comesAndGoes({ onset: 0, where, turns: 6 })
  }),
  honest('honest-seasonal-mix', (base, random) => {
    const where = anyOf(random, places(base, 0.05, 0.6))
    return where && seasonalMix({ where, cycles: 6, least: 0.15 })
  }),
  honest('honest-outage', (base, random) => outage({ onset: onsetOf(random), span: 0.08, left: 0.15 })),
  honest('honest-retires', (base, random) => {
    const origin = originsOf(base.feed)[3]?.[0]
    return origin !== undefined && manyOrigins(base) ? retire({ origin, onset: onsetOf(random) }) : null
  }),
  honest('honest-new-word', (base, random) => {
    const label = classesOf(base)[random.below(2)]
    const word = `#launch${random.below(90)}`
    return label !== undefined && base.feed[0]?.data.text !== undefined
      ? newWord({ onset: onsetOf(random), strength: 0.04, word, label })
      : null
  }),
  honest('honest-severe-rater', (base, random, seed) => {
    if (!isNumeric(base.feed) || !base.item) return null
    const values = base.feed.map((event) => Number(event.data.label))
    const [origin = ''] = accounts(base, 1, seed)
    const by = -1.2 * spreadOf(base)
    const rounded = values.every(Number.isInteger) ? Math.round(by) : by
    return severeRater({
      onset: onsetOf(random),
      rows: 300,
      origin,
      by: rounded,
      low: Math.min(...values),
      high: Math.max(...values),
    })
  }),
  honest('uniform-5%', () => changeTheWorld({ onset: 0, strength: 0.05 }), true),
  honest('uniform-10%', () => changeTheWorld({ onset: 0, strength: 0.1 }), true),
]
