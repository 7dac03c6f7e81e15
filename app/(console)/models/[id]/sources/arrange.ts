import { shareOfPromise } from '@/lib/evidence/share'
import type { SourceRow } from '@/lib/view/source'

export const orders = ['worst', 'influence', 'share', 'trust', 'name'] as const
export type Order = (typeof orders)[number]
export const states = ['any state', 'poisoning', 'watch', 'ok', 'learning'] as const

const standing: Record<SourceRow['state'], number> = { poisoning: 2, watch: 1, learning: 0, ok: 0 }

/** What is accused, then what is watched; within these what hurts and is held against, then what is held against, then the most rows. */
const worst = (s: SourceRow) => {
  const evidence = shareOfPromise(s.evidence)
  return 1e6 * standing[s.state] + Math.max(0, s.influence ?? 0) * evidence + 1e-3 * evidence + 1e-9 * s.rows
}

const key: Record<Exclude<Order, 'name'>, (s: SourceRow) => number> = {
  worst,
  influence: (s) => s.influence ?? Number.NEGATIVE_INFINITY,
  share: (s) => s.share,
  trust: (s) => -(s.trust ?? 0),
}

export interface Arranged {
  order: Order
  state: string
  text: string
}

/** The URL's order and filter; nonsense is as if it were not there. */
export function arranged(raw: { sort: string | null; state: string | null; q: string | null }): Arranged {
  return {
    order: orders.find((o) => o === raw.sort) ?? 'worst',
    state: states.find((s) => s === raw.state) ?? 'any state',
    text: raw.q ?? '',
  }
}

export function arrange(sources: readonly SourceRow[], { order, state, text }: Arranged): SourceRow[] {
  const wanted = text.trim().toLowerCase()
  const shown = sources.filter(
    (s) =>
      (state === 'any state' || s.state === state) &&
      (wanted === '' || s.origin.toLowerCase().includes(wanted) || s.kind.toLowerCase().includes(wanted)),
  )
  const byName = (a: SourceRow, b: SourceRow) => (a.origin < b.origin ? -1 : 1)
  return shown.sort(order === 'name' ? byName : (a, b) => key[order](b) - key[order](a) || byName(a, b))
}
