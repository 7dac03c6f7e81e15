import { playSybils } from '@/lib/redteam/sybils'
import { isNumeric } from '../base/base'
import type { Attack, Told } from './attack'
import { accounts, classesOf, onsetOf, originsOf, spreadOf } from './cast'

const howMany = 24
const fewest = 25

/** @param oneWay all say one label, or the model is wrecked. */
const sybils = (name: string, oneWay: boolean, bursts: number, strength: number): Attack => ({
  name,
  honest: strength === 0,
  play(base, seed, random) {
    if (originsOf(base.feed).length < 8) return null
    const numeric = isNumeric(base.feed)
    const to = classesOf(base).at(-1)
    const how = !oneWay ? {} : numeric ? { by: 1.5 * spreadOf(base) } : { to: to as string }
    const origins = accounts(base, howMany, seed)
    const act = playSybils({ origins, onset: onsetOf(random), strength, bursts, burstRows: 150, ...how })
    const { feed, truth } = act(base.feed, seed)
    if (strength === 0) return { feed, told: null }
    const before = new Map(base.feed.map((event) => [event.id, event.data.label]))
    const after = new Map(feed.map((event) => [event.id, event.data.label]))
    const rows = truth.eventIds.filter((id) => before.get(id) !== after.get(id))
    if (rows.length < fewest) return null
    const kinds = ['poison.label_flip', 'poison.availability', 'poison.slow'] as const
    const ways: Told['ways'] = [{ kinds, by: ['origin'] }]
    const label = oneWay && !numeric ? { label: to as string } : {}
    return { feed, told: { origins, ...label, ways, rows } }
  },
})

/** Many small accounts of one hand; and a team that starts on the same day and works the same hours, honest. */
export const ofOneHand: readonly Attack[] = [
  sybils('sybils', true, 6, 0.85),
  sybils('sybils-wreck', false, 8, 0.85),
  sybils('honest-team', true, 8, 0),
]
