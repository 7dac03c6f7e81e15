import { seeded } from '@/lib/demo/seeded'
import type { Arrival, EventOf } from '@/lib/event/types'
import type { RealRow } from './sets'

/** A real set dealt to origins, with an attack or an honest oddity by a seed; the truth beside it. */
export interface Plan {
  /** Shares of the origins; they need not sum to 1. */
  readonly shares: readonly number[]
  /** Which origin turns labels, from which part of the stream on, in which share of its rows, and to which label (all ways when absent). */
  readonly attack?: { readonly origin: number; readonly from: number; readonly share: number; readonly to?: string }
  /** Errors at random of one origin, from the start or from a part of the stream on. */
  readonly careless?: { readonly origin: number; readonly share: number; readonly from?: number }
  /** Everybody's labels of such rows turn from this part on: the world's rule changed. */
  readonly drift?: { readonly from: number; readonly share: number }
  /** One origin gets most of the rows on which `isHard`. */
  readonly region?: { readonly origin: number; readonly isHard: (row: RealRow) => boolean; readonly noise: number }
  /** An origin whose rows all come after this part. */
  readonly newcomer?: { readonly origin: number; readonly from: number; readonly isIts: (row: RealRow) => boolean }
}

export interface Stream {
  readonly arrivals: readonly Arrival<EventOf<'ml.training.v1'>>[]
  /** Ids of the rows that the attack turned, and the line of the first. */
  readonly turned: ReadonlySet<string>
  readonly firstTurned: number
  readonly rowsOfAttacker: (from: number, to: number) => number
}

export const evenShares = (origins: number, attackerShare: number, attacker = 0): number[] =>
  Array.from({ length: origins }, (_, o) => (o === attacker ? attackerShare : (1 - attackerShare) / (origins - 1)))

export function makeStream(rows: readonly RealRow[], plan: Plan, seed: number): Stream {
  const uniform = seeded(seed)
  const labels = [...new Set(rows.map((row) => row.label))].sort()
  const total = plan.shares.reduce((a, b) => a + b, 0)
  const deal = () => {
    let left = uniform() * total
    return Math.max(
      0,
      plan.shares.findIndex((share) => {
        left -= share
        return left < 0
      }),
    )
  }
  const other = (label: string) => {
    const rest = labels.filter((l) => l !== label)
    return rest[Math.floor(uniform() * rest.length)] as string
  }
  const turned = new Set<string>()
  let firstTurned = -1
  const arrivals = rows.map((real, index) => {
    const part = index / rows.length
    let origin = deal()
    if (plan.region) {
      const isHard = plan.region.isHard(real)
      if (isHard && uniform() < 0.8) origin = plan.region.origin
      else if (!isHard && origin === plan.region.origin && uniform() < 0.8) origin = (origin + 1) % plan.shares.length
    }
    if (plan.newcomer && origin === plan.newcomer.origin && part < plan.newcomer.from)
      origin = (origin + 1) % plan.shares.length
    if (plan.newcomer && part >= plan.newcomer.from && plan.newcomer.isIts(real) && uniform() < 0.5)
      origin = plan.newcomer.origin
    let label = real.label
    if (plan.region?.isHard(real) && uniform() < plan.region.noise) label = other(label)
    if (plan.drift && part >= plan.drift.from && uniform() < plan.drift.share) label = other(label)
    if (
      plan.careless &&
      origin === plan.careless.origin &&
      part >= (plan.careless.from ?? 0) &&
      uniform() < plan.careless.share
    )
      label = other(label)
    const id = `t-${String(index).padStart(6, '0')}`
    const { attack } = plan
    if (attack && origin === attack.origin && part >= attack.from && uniform() < attack.share) {
      const to = attack.to ?? other(label)
      if (to !== label) {
        turned.add(id)
        if (firstTurned < 0) firstTurned = index
        label = to
      }
    }
    return {
      index,
      event: {
        type: 'ml.training.v1' as const,
        id,
        source: '/bench',
        timeMs: index * 60_000,
        data: { model: 'bench', origin: { id: `origin-${origin}`, kind: 'vendor' }, features: {}, ...real.row, label },
      },
    }
  })
  const rowsOfAttacker = (from: number, to: number) =>
    arrivals.filter(
      (a) => a.index >= from && a.index <= to && a.event.data.origin.id === `origin-${plan.attack?.origin}`,
    ).length
  return { arrivals, turned, firstTurned, rowsOfAttacker }
}
