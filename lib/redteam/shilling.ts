import { type Act, insert, type TrainingEvent, uniforms } from './stage'

/** Young accounts push one item's rating: extreme ratings on it, and camouflage: copies of honest ratings of other items. */
export interface Shilling {
  readonly onset: number
  readonly rows: number
  readonly accounts: readonly string[]
  /** The feature that names the item, and the item. */
  readonly item: { readonly feature: string; readonly value: string | number }
  readonly rating: number | string
  /** Share of the rows that are camouflage: 0 … 1. */
  readonly camouflage: number
  /** Over how much of the feed the rows are spread: all that is left of it by default. */
  readonly span?: number
}

export const shill =
  ({ onset, rows, accounts, item, rating, camouflage, span }: Shilling): Act =>
  (feed, seed) => {
    const u = uniforms(seed, 'shilling')
    const pushed: string[] = []
    const make = (n: number, before: TrainingEvent) => {
      const id = `rating-${seed}-${n}`
      const account = accounts[Math.floor(u(3 * n) * accounts.length)] ?? before.data.origin.id
      const origin = { id: account, kind: before.data.origin.kind }
      if (u(3 * n + 1) < camouflage) {
        const model = feed[Math.floor(u(3 * n + 2) * feed.length)]?.data ?? before.data
        return { id, data: { ...model, origin } }
      }
      pushed.push(id)
      const features = { ...before.data.features, [item.feature]: item.value }
      return { id, data: { ...before.data, origin, features, label: rating } }
    }
    const staged = insert(feed, onset, rows, make, span)
    return {
      feed: staged.feed,
      truth: {
        kind: 'poison.injection',
        name: 'rating shilling',
        subject: { item: String(item.value) },
        eventIds: pushed,
      },
    }
  }
