import { type Row, rewrite, type TrainingEvent, uniforms } from '@/lib/redteam/stage'
import type { Random } from '../../drift/stream/random'
import type { Base } from '../base/base'
import { isNumeric } from '../base/base'
import type { Place } from './attack'

const count = <K>(feed: readonly TrainingEvent[], of: (row: Row) => K): [K, number][] => {
  const counts = new Map<K, number>()
  for (const { data } of feed) {
    const key = of(data)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1])
}

export const originsOf = (feed: readonly TrainingEvent[]) => count(feed, (row) => row.origin.id)
export const labelersOf = (feed: readonly TrainingEvent[]) =>
  count(feed, (row) => row.labeler ?? '').filter(([id]) => id !== '')
export const classesOf = (base: Base): (string | number)[] =>
  isNumeric(base.feed) ? [] : count(base.feed, (row) => row.label).map(([label]) => label)

/** Who of a list has about this share of the rows; nobody when nobody is within a factor of 1.7. */
export function near(who: readonly [string, number][], rows: number, share: number): string | null {
  let best: string | null = null
  let least = Math.log(1.7)
  for (const [id, n] of who) {
    const off = Math.abs(Math.log(n / rows / share))
    if (off < least) [best, least] = [id, off]
  }
  return best
}

/** An origin with about this share: one that is there, or a new one to whom rows are dealt from the first line on. Null where a feed has but a few platforms. */
export function hire(
  base: Base,
  share: number,
  seed: string,
): { feed: readonly TrainingEvent[]; origin: string } | null {
  const origins = originsOf(base.feed)
  if (origins.length < 8) return null
  const there = near(origins, base.feed.length, share)
  if (there) return { feed: base.feed, origin: there }
  const [origin = ''] = accounts(base, 1, `hire ${seed}`)
  return { feed: dealt(base.feed, [origin], 0, share, `hire ${seed}`), origin }
}

/** From the onset on, a share of the rows comes from these origins instead. */
export function dealt(
  feed: readonly TrainingEvent[],
  to: readonly string[],
  onset: number,
  share: number,
  seed: string,
): readonly TrainingEvent[] {
  const u = uniforms(seed, 'dealt')
  return rewrite(feed, onset, (row, place) =>
    u(2 * place) < share
      ? { ...row, origin: { id: to[Math.floor(u(2 * place + 1) * to.length)] as string, kind: row.origin.kind } }
      : null,
  ).feed
}

/** New names in the style of those that are there. */
export function accounts(base: Base, howMany: number, seed: string): string[] {
  const u = uniforms(seed, 'accounts')
  const style = base.feed[0]?.data.origin.id.split('-')[0] ?? 'source'
  return Array.from({ length: howMany }, (_, i) => `${style}-${Math.floor(90_000 * u(i)) + 10_000}`)
}

/** Values of features and segments with a share of the rows between `low` and `high`. */
export function places(base: Base, low: number, high: number, only?: 'segment' | 'feature'): Place[] {
  const counts = new Map<string, { place: Place; n: number }>()
  const note = (feature: string, value: unknown) => {
    if (typeof value !== 'string' && typeof value !== 'boolean') return
    const key = `${feature}=${value}`
    const at = counts.get(key)
    if (at) at.n++
    else counts.set(key, { place: { feature, value }, n: 1 })
  }
  for (const { data } of base.feed) {
    if (only !== 'segment') for (const [feature, value] of Object.entries(data.features)) note(feature, value)
    if (only !== 'feature') for (const [key, value] of Object.entries(data.segment ?? {})) note(key, value)
  }
  const rows = base.feed.length
  return [...counts.values()].filter(({ n }) => n >= low * rows && n <= high * rows).map(({ place }) => place)
}

export const anyOf = <T>(random: Random, from: readonly T[]): T | null => (from.length ? random.pick(from) : null)

export const onsetOf = (random: Random) => 0.35 + 0.25 * random.uniform()

/** Standard deviation of numeric labels. */
export function spreadOf(base: Base): number {
  const values = base.feed.map((event) => Number(event.data.label))
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  return Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length)
}

/** Fewer rows in a short feed. */
export const scaled = (base: Base, rows: number) =>
  Math.max(20, Math.min(rows, Math.round(base.feed.length * (rows / 8000))))
