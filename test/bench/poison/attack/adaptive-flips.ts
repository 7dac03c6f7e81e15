import { flipLabels } from '@/lib/redteam/flip'
import { type TrainingEvent, uniforms } from '@/lib/redteam/stage'
import type { Attack, Told } from './attack'
import { accounts, anyOf, classesOf, dealt, hire, onsetOf, places } from './cast'

const attack = (name: string, play: Attack['play']): Attack => ({ name: `adaptive-${name}`, honest: false, play })
const flipped: Told['ways'] = [{ kinds: ['poison.label_flip', 'poison.slow'], by: ['origin'] }]

/** Turns no more labels than a careless source gets wrong. */
const careless = attack('careless', (base, seed, random) => {
  const hired = hire(base, 0.05, seed)
  if (!hired) return null
  const { feed, truth } = flipLabels({ origin: hired.origin, onset: onsetOf(random), strength: 0.13 })(hired.feed, seed)
  return { feed, told: { origins: [hired.origin], ways: flipped, rows: truth.eventIds } }
})

/** Turns all its labels for 15 rows, then none for 60, and so on: evidence that lapses in between. */
const inTurns = attack('in-turns', (base, seed, random) => {
  const hired = hire(base, 0.04, seed)
  if (!hired) return null
  const { feed, truth } = flipLabels({ origin: hired.origin, onset: onsetOf(random), strength: 1 })(hired.feed, seed)
  const turned = new Set(truth.eventIds)
  const honest = new Map(hired.feed.map((event) => [event.id, event]))
  let sent = 0
  const kept: string[] = []
  const left = feed.map((event) => {
    if (!turned.has(event.id)) return event
    if (sent++ % 75 >= 15) return honest.get(event.id) as TrainingEvent
    kept.push(event.id)
    return event
  })
  return kept.length < 20 ? null : { feed: left, told: { origins: [hired.origin], ways: flipped, rows: kept } }
})

/** Before it turns labels, thousands of names with a row each, so that tables forget whom they knew. */
const crowdedOut = attack('crowded-out', (base, seed, random) => {
  const hired = hire(base, 0.01, seed)
  if (!hired) return null
  const onset = onsetOf(random)
  const names = accounts(base, 4000, `crowd ${seed}`)
  const busy = dealt(hired.feed, names, onset - 0.1, 0.35, seed)
  // Who is to be forgotten keeps his own rows.
  const feed = busy.map((event, i) => {
    const own = hired.feed[i] as TrainingEvent
    return own.data.origin.id === hired.origin ? own : event
  })
  const staged = flipLabels({ origin: hired.origin, onset, strength: 1 })(feed, seed)
  if (staged.truth.eventIds.length < 20) return null
  return { feed: staged.feed, told: { origins: [hired.origin], ways: flipped, rows: staged.truth.eventIds } }
})

/** Turns every label of a place in which a third of the labels is noise for everybody, and none elsewhere. */
const whereItIsHard = attack('where-hard', (base, seed, random) => {
  const where = anyOf(random, places(base, 0.05, 0.3))
  const hired = hire(base, 0.05, seed)
  if (!where || !hired) return null
  const u = uniforms(seed, 'hard')
  const labels = classesOf(base)
  if (labels.length < 2) return null
  // The place becomes noisy for everybody first; then he turns every label there.
  const noisy = hired.feed.map((event, i) => {
    const { features, segment } = event.data
    const isHard = features[where.feature] === where.value || segment?.[where.feature] === where.value
    return isHard && u(i) < 0.35
      ? { ...event, data: { ...event.data, label: labels[Math.floor(u(i + 1e6) * labels.length)] as string } }
      : event
  })
  const staged = flipLabels({ origin: hired.origin, onset: onsetOf(random), strength: 1 })(noisy, seed)
  const inPlace = new Set(
    noisy
      .filter(
        ({ data }) => data.features[where.feature] === where.value || data.segment?.[where.feature] === where.value,
      )
      .map(({ id }) => id),
  )
  const rows = staged.truth.eventIds.filter((id) => inPlace.has(id))
  if (rows.length < 20) return null
  const feed = staged.feed.map((event, i) => (inPlace.has(event.id) ? event : (noisy[i] as TrainingEvent)))
  const ways: Told['ways'] = [
    { kinds: ['poison.label_flip', 'poison.targeted'], by: ['origin'] },
    { kinds: ['poison.targeted'], by: ['place'] },
  ]
  return { feed, told: { origins: [hired.origin], place: where, ways, rows } }
})

/** Flippers who have read how the detectors work. */
export const adaptiveFlips: readonly Attack[] = [careless, inTurns, crowdedOut, whereItIsHard]
