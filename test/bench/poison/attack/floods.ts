import { flood } from '@/lib/redteam/flood'
import { shill } from '@/lib/redteam/shilling'
import type { Attack, Told } from './attack'
import { accounts, classesOf, onsetOf, originsOf, scaled } from './cast'

const copies = (name: string, howMany: number, rows: number, jitter: number): Attack => ({
  name,
  honest: false,
  play(base, seed, random) {
    const row = base.feed[0]?.data
    const numbers = Object.values(row?.features ?? {}).filter((value) => typeof value === 'number').length
    if (!row || base.item || (row.text === undefined && !row.embedding && numbers < 3)) return null
    const origins = accounts(base, howMany, seed)
    const label = classesOf(base).at(-1)
    const plan = { onset: onsetOf(random), rows: scaled(base, rows), origins, jitter, span: 0.08 }
    const { feed, truth } = flood({ ...plan, ...(label === undefined ? {} : { label }) })(base.feed, seed)
    const ways: Told['ways'] = [
      { kinds: ['poison.injection', 'poison.clean_label'], by: ['origin'] },
      { kinds: ['poison.injection', 'poison.clean_label'], by: ['rows'] },
    ]
    return { feed, told: { origins, ways, rows: truth.eventIds } }
  },
})

const shilling = (name: string, push: boolean): Attack => ({
  name,
  honest: false,
  play(base, seed, random) {
    if (!base.item) return null
    const accountIds = accounts(base, 30, seed)
    const values = base.feed.map((event) => event.data.label)
    const sorted = [...new Set(values)].sort((a, b) => (a < b ? -1 : 1))
    const items = originsByItem(base.feed.map((event) => String(event.data.features[base.item as string])))
    const value = random.pick(items.slice(20, 150))
    const rating = (push ? sorted.at(-1) : sorted[0]) ?? 0
    const plan = { onset: onsetOf(random), rows: 160, accounts: accountIds, rating, camouflage: 0.4, span: 0.15 }
    const { feed, truth } = shill({ ...plan, item: { feature: base.item, value } })(base.feed, seed)
    const ways: Told['ways'] = [
      { kinds: ['poison.injection'], by: ['item'] },
      { kinds: ['poison.injection', 'poison.targeted'], by: ['place'] },
    ]
    const place = { feature: base.item, value }
    return { feed, told: { origins: accountIds, item: value, place, ways, rows: truth.eventIds } }
  },
})

const originsByItem = (items: readonly string[]): string[] => {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1]).map(([item]) => item)
}

/** A crowd of new accounts, each with right-looking rows of its own, that all say one label: a campaign, not copies. */
const campaign: Attack = {
  name: 'flood-campaign',
  honest: false,
  play(base, seed, random) {
    const classes = classesOf(base)
    const to = classes.at(-1)
    if (to === undefined || originsOf(base.feed).length < 8) return null
    const origins = accounts(base, 25, seed)
    const u = random.below(1 << 20)
    const from = Math.floor(base.feed.length * onsetOf(random))
    const rows: string[] = []
    const feed = base.feed.flatMap((event, place) => {
      if (place < from || place > from + 0.08 * base.feed.length || (place + u) % 5 !== 0) return [event]
      const model = base.feed[(place * 7919 + u) % from]?.data ?? event.data
      const id = `camp-${place}`
      rows.push(id)
      const origin = { id: origins[(place * 31 + u) % origins.length] as string, kind: model.origin.kind }
      return [event, { ...event, id, data: { ...model, origin, label: to } }]
    })
    const ways: Told['ways'] = [
      { kinds: ['poison.injection', 'poison.availability', 'poison.label_flip', 'poison.slow'], by: ['origin'] },
      { kinds: ['poison.injection', 'poison.availability'], by: ['rows'] },
    ]
    return { feed, told: { origins, label: to, ways, rows } }
  },
}

/** One voice with many mouths. */
export const floods: readonly Attack[] = [
  copies('flood-young', 15, 300, 0.05),
  copies('flood-young-loose', 30, 400, 0.12),
  copies('flood-one', 1, 250, 0.03),
  campaign,
  shilling('shill-push', true),
  shilling('shill-nuke', false),
]
