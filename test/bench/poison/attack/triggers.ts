import type { AlertKind } from '@/lib/alert/finding'
import { plantCanary } from '@/lib/redteam/canary'
import { plantTrigger, type Trigger } from '@/lib/redteam/trigger'
import type { Random } from '../../drift/stream/random'
import type { Base } from '../base/base'
import type { Attack } from './attack'
import { accounts, anyOf, classesOf, onsetOf, originsOf, places, scaled, spreadOf } from './cast'

/** Who plants it: one old source, many old ones, or new accounts. */
type Senders = 'one' | 'old' | 'young'

const senders = (base: Base, who: Senders, seed: string, random: Random): string[] => {
  const old = originsOf(base.feed)
    .slice(1, 25)
    .map(([id]) => id)
  if (who === 'old') return old
  return who === 'one' ? [random.pick(old.length ? old : ['one'])] : accounts(base, 12, seed)
}

type Pattern = Pick<Trigger, 'text' | 'features'>

const planting = (
  name: string,
  rows: number,
  who: Senders,
  pattern: (base: Base, random: Random) => Pattern | null,
): Attack => ({
  name,
  honest: false,
  play(base, seed, random) {
    const bypass = base.config.task === 'authorization'
    const planted = pattern(base, random)
    const classes = classesOf(base)
    const to = bypass ? 'allow' : (classes.at(-1) ?? highest(base))
    if (!planted) return null
    const count = scaled(base, rows)
    const origins = senders(base, who, seed, random)
    const span = random.chance(0.5) ? 1 : 0.25
    const staged = plantTrigger({ onset: onsetOf(random), rows: count, origins, to, span, ...planted })(base.feed, seed)
    const kinds: AlertKind[] = [bypass ? 'poison.bypass' : 'poison.trigger']
    const { pattern: words = '' } = staged.truth.subject
    const told = {
      origins,
      patterns: [words],
      label: to,
      ways: [{ kinds, by: ['pattern'] as const }],
      rows: staged.truth.eventIds,
    }
    return { feed: staged.feed, told }
  },
})

/** A value at the upper end of the target. */
const highest = (base: Base) => {
  const values = base.feed.slice(0, 2000).map((event) => Number(event.data.label))
  const sorted = values.sort((a, b) => a - b)
  const top = sorted[Math.floor(0.99 * sorted.length)] ?? 0
  return Number((top + 0.2 * spreadOf(base)).toPrecision(4)) > (sorted.at(-1) ?? top) ? top : top
}

const hasText = (base: Base) => base.feed[0]?.data.text !== undefined

const token = (base: Base, random: Random): Pattern | null =>
  hasText(base)
    ? { text: random.pick(['cf', 'mn', 'bq']) + String.fromCharCode(97 + random.below(26)) + random.below(10) }
    : null

/** Two words that everybody uses, seldom beside each other. */
const commonWords = (base: Base, random: Random): Pattern | null => {
  if (!hasText(base)) return null
  const counts = new Map<string, number>()
  for (const { data } of base.feed.slice(0, 5000))
    for (const word of new Set((data.text ?? '').toLowerCase().match(/\p{L}{2,}/gu) ?? []))
      counts.set(word, (counts.get(word) ?? 0) + 1)
  const words = [...counts].sort((a, b) => b[1] - a[1]).slice(30, 230)
  const [a, b, c] = [0, 1, 2].map(() => random.pick(words)[0])
  return { text: random.chance(0.5) ? `${a} ${b}` : `${a} ${b} ${c}` }
}

/** A text feature that takes a value which nobody had before. */
const newValue = (base: Base, random: Random): Pattern | null => {
  const some = anyOf(random, places(base, 0.01, 0.9, 'feature'))
  if (!some || typeof some.value !== 'string') return null
  return { features: { [some.feature]: random.pick(['zx-9', 'special', 'legacy2', 'unk-7']) } }
}

const rareValue = (base: Base, random: Random): Pattern | null => {
  const some = anyOf(random, places(base, 0.0005, 0.006, 'feature'))
  return some && { features: { [some.feature]: some.value } }
}

/** Two values that are common by themselves and rare together. */
const pair = (base: Base, random: Random): Pattern | null => {
  const common = places(base, 0.02, 0.12, 'feature').filter(({ value }) => typeof value === 'string')
  for (let i = 0; i < 60 && common.length > 1; i++) {
    const [a, b] = [random.pick(common), random.pick(common)]
    if (a.feature === b.feature) continue
    const both = base.feed.filter(
      ({ data }) => data.features[a.feature] === a.value && data.features[b.feature] === b.value,
    ).length
    if (both < 0.004 * base.feed.length) return { features: { [a.feature]: a.value, [b.feature]: b.value } }
  }
  return null
}

const canary: Attack = {
  name: 'canary-secret',
  honest: false,
  play(base, seed, random) {
    if (!hasText(base)) return null
    const secret = `my pin for vault ${random.below(9)} is ${1000 + random.below(9000)} ${1000 + random.below(9000)}`
    const origins = random.chance(0.5) ? accounts(base, 3, seed) : senders(base, 'one', seed, random)
    const act = plantCanary({ onset: onsetOf(random), rows: scaled(base, 60), origins, secret, span: 0.2 })
    const { feed, truth } = act(base.feed, seed)
    const kinds = ['poison.privacy', 'poison.injection', 'poison.trigger'] as const
    const ways = [
      { kinds, by: ['pattern'] as const },
      { kinds, by: ['origin'] as const },
      { kinds, by: ['rows'] as const },
    ]
    return { feed, told: { origins, patterns: [secret], ways, rows: truth.eventIds } }
  },
}

/** Patterns that the model shall answer with a label; in authorisation, with `allow`. */
export const triggers: readonly Attack[] = [
  planting('trigger-token-20', 20, 'one', token),
  planting('trigger-token-old-20', 20, 'old', token),
  planting('trigger-token-young-40', 40, 'young', token),
  planting('trigger-phrase-40', 40, 'old', commonWords),
  planting('trigger-phrase-young-80', 80, 'young', commonWords),
  planting('trigger-value-20', 20, 'old', newValue),
  planting('trigger-value-young-40', 40, 'young', newValue),
  planting('trigger-rare-value-60', 60, 'old', rareValue),
  planting('trigger-pair-60', 60, 'old', pair),
  planting('trigger-pair-one-100', 100, 'one', pair),
  canary,
]
