import { deleteRows } from '@/lib/redteam/deletion'
import type { Attack, Told } from './attack'
import { anyOf, classesOf, hire, onsetOf, places } from './cast'

const ofPlace = (name: string, strength: number): Attack => ({
  name,
  honest: false,
  play(base, seed, random) {
    const segments = places(base, 0.03, 0.4, 'segment')
    const where = anyOf(random, segments.length ? segments : places(base, 0.03, 0.3, 'feature'))
    if (!where) return null
    const { feed, truth } = deleteRows({ where, onset: onsetOf(random), strength })(base.feed, seed)
    if (truth.eventIds.length < 40) return null
    const ways: Told['ways'] = [{ kinds: ['poison.deletion'], by: ['place'] }]
    return { feed, told: { place: where, ways, rows: truth.eventIds, gone: true } }
  },
})

const ofLabel: Attack = {
  name: 'deletion-label-90%',
  honest: false,
  play(base, seed, random) {
    const label = classesOf(base)[1]
    if (label === undefined) return null
    const { feed, truth } = deleteRows({ label, onset: onsetOf(random), strength: 0.9 })(base.feed, seed)
    const ways: Told['ways'] = [{ kinds: ['poison.deletion'], by: ['label'] }]
    return { feed, told: { label, ways, rows: truth.eventIds, gone: true } }
  },
}

const ofSequence: Attack = {
  name: 'deletion-sequence',
  honest: false,
  play(base, seed, random) {
    const hired = hire(base, 0.04, seed)
    if (!hired) return null
    const act = deleteRows({ origin: hired.origin, onset: onsetOf(random), strength: 0.25 })
    const { feed, truth } = act(numbered(hired.feed), seed)
    const ways: Told['ways'] = [{ kinds: ['poison.deletion'], by: ['origin'] }]
    return { feed, told: { origins: [hired.origin], ways, rows: truth.eventIds, gone: true }, gaps: true }
  },
}

/** Each row with the next number of its origin's feed, as a source gives them. */
export function numbered<E extends { readonly data: { readonly origin: { readonly id: string } } }>(
  feed: readonly E[],
): E[] {
  const next = new Map<string, number>()
  return feed.map((event) => {
    const { id } = event.data.origin
    const sequence = (next.get(id) ?? 0) + 1
    next.set(id, sequence)
    return { ...event, data: { ...event.data, feed: 'main', sequence } }
  })
}

/** Rows that do not come. */
export const deletions: readonly Attack[] = [
  ofPlace('deletion-50%', 0.5),
  ofPlace('deletion-90%', 0.9),
  ofPlace('deletion-all', 1),
  ofLabel,
  ofSequence,
]
