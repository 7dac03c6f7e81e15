import { type Act, insert, type Row, type TrainingEvent, uniforms } from './stage'

/** Near copies of one row, all saying the same: from many young sources (an attack) or passed on by the old ones (a viral text, honest). */
export interface Flood {
  readonly onset: number
  readonly rows: number
  /** Young sources to send it; empty: the sources that are there already pass it on. */
  readonly origins: readonly string[]
  readonly label?: string | number
  /** Relative noise on each number of a copy; share of a text's words that are swapped for others. */
  readonly jitter?: number
  /** Over how much of the feed the copies are spread: all that is left of it by default. */
  readonly span?: number
}

export const flood =
  ({ onset, rows, origins, label, jitter = 0.01, span }: Flood): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'flood')
    const original = feed[Math.floor(u(0) * feed.length)]?.data as Row
    const others = (feed[Math.floor(u(1) * feed.length)]?.data.text ?? '').split(' ')
    const make = (n: number, before: TrainingEvent) => {
      const origin = origins.length ? origins[Math.floor(u(2 * n + 1) * origins.length)] : before.data.origin.id
      const draw = (k: number) => u(1000 * n + k + 7)
      return {
        id: `copy-${seed}-${n}`,
        data: copyOf(original, before.data, origin ?? '', label ?? original.label, jitter, others, draw),
      }
    }
    const staged = insert(feed, onset, rows, make, span)
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

function copyOf(
  { labeler: _, ...row }: Row,
  before: Row,
  origin: string,
  label: Row['label'],
  jitter: number,
  others: readonly string[],
  u: (k: number) => number,
): Row {
  const noisy = (value: number, k: number) => Number((value * (1 + jitter * (2 * u(k) - 1))).toPrecision(5))
  const features = Object.fromEntries(
    Object.entries(row.features).map(([name, value], k) => [
      name,
      typeof value === 'number' && !Number.isInteger(value) ? noisy(value, k) : value,
    ]),
  )
  const embedding = row.embedding?.map((value, k) => noisy(value, k + 50))
  const text = row.text
    ?.split(' ')
    .map((word, k) => (u(k + 300) < jitter ? (others[Math.floor(u(k + 600) * others.length)] ?? word) : word))
    .join(' ')
  return {
    ...row,
    // Nobody else's labeler is framed: an old source that passes it on has its own, an account of the attacker has none.
    ...(origin === before.origin.id && before.labeler !== undefined ? { labeler: before.labeler } : {}),
    origin: { id: origin, kind: row.origin.kind },
    label,
    features,
    ...(embedding ? { embedding } : {}),
    ...(text === undefined ? {} : { text }),
  }
}
