import { deleteRows } from '@/lib/redteam/deletion'
import { flood } from '@/lib/redteam/flood'
import { plantTrigger } from '@/lib/redteam/trigger'
import type { Base } from '../base/base'
import type { Attack, Played, Told } from './attack'
import { accounts, anyOf, classesOf, dealt, onsetOf, originsOf, places, scaled } from './cast'

const attack = (name: string, play: Attack['play']): Attack => ({ name: `adaptive-${name}`, honest: false, play })

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

/** Floods, triggers and deletions by those who have read how the detectors work. */
export const adaptiveRows: readonly Attack[] = [aged, rewritten, triple, aLittle]
