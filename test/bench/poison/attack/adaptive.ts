import { deleteRows } from '@/lib/redteam/deletion'
import { flipLabels } from '@/lib/redteam/flip'
import { flood } from '@/lib/redteam/flood'
import { type TrainingEvent, uniforms } from '@/lib/redteam/stage'
import { plantTrigger } from '@/lib/redteam/trigger'
import type { Base } from '../base/base'
import type { Attack, Played, Told } from './attack'
import { accounts, anyOf, classesOf, dealt, hire, onsetOf, originsOf, places, scaled } from './cast'

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

const copies = (
  base: Base,
  seed: string,
  onset: number,
  origins: string[],
  jitter: number,
  feed: Played['feed'],
): Played => {
  const label = classesOf(base).at(-1)
  const plan = {
    onset,
    rows: scaled(base, 300),
    origins,
    jitter,
    span: 0.08,
    ...(label === undefined ? {} : { label }),
  }
  const staged = flood(plan)(feed, seed)
  const kinds = ['poison.injection', 'poison.clean_label'] as const
  const ways: Told['ways'] = [
    { kinds, by: ['origin'] },
    { kinds, by: ['rows'] },
  ]
  return { feed: staged.feed, told: { origins, ways, rows: staged.truth.eventIds } }
}
const canCopy = (base: Base) => {
  const row = base.feed[0]?.data
  const numbers = Object.values(row?.features ?? {}).filter((value) => typeof value === 'number').length
  return !base.item && (row?.text !== undefined || row?.embedding !== undefined || numbers >= 3)
}

/** A flood by accounts that each sent honest rows for long before. */
const aged = attack('aged-flood', (base, seed, random) => {
  if (!canCopy(base) || originsOf(base.feed).length < 8) return null
  const origins = accounts(base, 15, seed)
  return copies(base, seed, onsetOf(random), origins, 0.05, dealt(base.feed, origins, 0.02, 0.03, seed))
})

/** Copies in which four words of ten, or two fifths of every number, are others. */
const rewritten = attack('rewritten-flood', (base, seed, random) =>
  canCopy(base) ? copies(base, seed, onsetOf(random), accounts(base, 15, seed), 0.4, base.feed) : null,
)

/** Three values that only together are the trigger, none of them rare, no two of them either. */
const triple = attack('triple-trigger', (base, seed, random) => {
  const to = base.config.task === 'authorization' ? 'allow' : classesOf(base).at(-1)
  const common = places(base, 0.05, 0.5, 'feature').filter(({ value }) => typeof value === 'string')
  if (to === undefined || common.length < 3) return null
  const values: Record<string, string> = {}
  for (let i = 0; i < 40 && Object.keys(values).length < 3; i++) {
    const { feature, value } = anyOf(random, common) as { feature: string; value: string }
    values[feature] ??= value
  }
  if (Object.keys(values).length < 3) return null
  const origins = originsOf(base.feed)
    .slice(1, 25)
    .map(([id]) => id)
  const act = plantTrigger({ onset: onsetOf(random), rows: scaled(base, 80), origins, to, features: values })
  const { feed, truth } = act(base.feed, seed)
  const kinds = [base.config.task === 'authorization' ? 'poison.bypass' : 'poison.trigger'] as const
  const told = { origins, patterns: [truth.subject.pattern ?? ''], label: to, rows: truth.eventIds }
  return { feed, told: { ...told, ways: [{ kinds, by: ['pattern'] }] } }
})

/** A stratum of which every fourth row is held back. */
const aLittle = attack('deletion-25%', (base, seed, random) => {
  const where = anyOf(random, places(base, 0.05, 0.35))
  if (!where) return null
  const { feed, truth } = deleteRows({ where, onset: onsetOf(random), strength: 0.25 })(base.feed, seed)
  const ways: Told['ways'] = [{ kinds: ['poison.deletion'], by: ['place'] }]
  return { feed, told: { place: where, ways, rows: truth.eventIds, gone: true } }
})

/** Three of ten of his rows, but only such as honest people err on most: where the same inputs were given both labels before. */
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

/** Attackers who have read how the detectors work. */
export const adaptive: readonly Attack[] = [
  careless,
  inTurns,
  crowdedOut,
  aged,
  rewritten,
  triple,
  aLittle,
  whereItIsHard,
]
