import { type Act, insert, type Row, uniforms } from './stage'

/** Near copies of one row, all saying the same: from many young sources (an attack) or passed on by the old ones (a viral text, honest). */
export interface Flood {
  readonly onset: number
  readonly rows: number
  /** Young sources to send it; empty: the sources that are there already pass it on. */
  readonly origins: readonly string[]
  readonly label?: string | number
  /** Relative noise on each number of a copy. */
  readonly jitter?: number
}

export const flood =
  ({ onset, rows, origins, label, jitter = 0.01 }: Flood): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'flood')
    const original = feed[Math.floor(u(0) * feed.length)]?.data as Row
    const staged = insert(feed, onset, rows, (n, before) => {
      const origin = origins.length ? origins[Math.floor(u(2 * n + 1) * origins.length)] : before.data.origin.id
      return {
        id: `copy-${seed}-${n}`,
        data: copyOf(original, origin ?? '', label ?? original.label, jitter, (k) => u(100 * n + k + 7)),
      }
    })
    const honest = origins.length === 0
    return {
      feed: staged.feed,
      truth: {
        kind: honest ? null : 'poison.injection',
        name: honest ? 'viral' : 'flood',
        subject: honest ? {} : { origins, label: label ?? original.label },
        eventIds: staged.eventIds,
      },
    }
  }

function copyOf(row: Row, origin: string, label: Row['label'], jitter: number, u: (k: number) => number): Row {
  const features = Object.fromEntries(
    Object.entries(row.features).map(([name, value], k) => [
      name,
      typeof value === 'number' && !Number.isInteger(value) ? value * (1 + jitter * (2 * u(k) - 1)) : value,
    ]),
  )
  const embedding = row.embedding?.map((value, k) => value * (1 + jitter * (2 * u(k + 50) - 1)))
  return { ...row, origin: { id: origin, kind: row.origin.kind }, label, features, ...(embedding ? { embedding } : {}) }
}
